# libnex as people link it: all modules in one shared and one static library, the public
# headers, and the files by which pkg-config and CMake find them. Only nex_ names are visible
# in either: the shared library has a version script, the static one is a single object whose
# hidden names were made local.
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY NEX_MODULES)
set(objects)
foreach(module ${modules})
  list(APPEND objects $<TARGET_OBJECTS:${module}>)
endforeach()

set(private_packages ${NEX_PACKAGES})
list(REMOVE_ITEM private_packages jansson) # jansson.h is part of the public headers
set(private_targets)
foreach(package ${private_packages})
  string(REGEX REPLACE "[^a-z0-9]" "_" name ${package})
  list(APPEND private_targets PkgConfig::${name})
endforeach()

add_library(nex_shared SHARED ${objects})
set(export_map ${PROJECT_SOURCE_DIR}/cmake/libnex.map)
target_link_options(nex_shared PRIVATE -Wl,--version-script=${export_map})
if(NOT NEX_SANITIZE) # a sanitizer's own symbols come with the program
  target_link_options(nex_shared PRIVATE -Wl,-z,defs)
endif()
set_target_properties(nex_shared PROPERTIES
  OUTPUT_NAME nex EXPORT_NAME nex LINKER_LANGUAGE C LINK_DEPENDS ${export_map}
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
target_link_libraries(nex_shared
  PUBLIC PkgConfig::jansson
  PRIVATE $<BUILD_INTERFACE:nex_options> ${private_targets} Threads::Threads m)

set(whole ${CMAKE_CURRENT_BINARY_DIR}/libnex.o)
add_custom_command(OUTPUT ${whole}
  COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${whole} ${objects}
  COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${whole}
  DEPENDS ${objects}
  COMMAND_EXPAND_LISTS VERBATIM
  COMMENT "Joining the modules of libnex.a")
set_source_files_properties(${whole} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
add_library(nex_static STATIC ${whole})
set_target_properties(nex_static PROPERTIES OUTPUT_NAME nex LINKER_LANGUAGE C)
target_link_libraries(nex_static
  PUBLIC PkgConfig::jansson
  PRIVATE ${private_targets} Threads::Threads m)

foreach(library nex_shared nex_static)
  target_include_directories(${library} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/sdk/include>
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/generated/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()

install(TARGETS nex_shared nex_static EXPORT nexTargets COMPONENT sdk
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/include/nex ${PROJECT_SOURCE_DIR}/generated/include/nex
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT sdk FILES_MATCHING PATTERN "*.h")

list(JOIN private_packages " " NEX_PC_REQUIRES_PRIVATE)
file(RELATIVE_PATH NEX_PC_PREFIX
  /root/${CMAKE_INSTALL_LIBDIR}/pkgconfig /root)
configure_file(${PROJECT_SOURCE_DIR}/cmake/nex.pc.in ${CMAKE_CURRENT_BINARY_DIR}/nex.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/nex.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT sdk)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/nex)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/nexConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/nexConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/nexConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/nexConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/nexConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT sdk)
install(EXPORT nexTargets NAMESPACE nex:: DESTINATION ${package_dir} COMPONENT sdk)

# The API reference, a page a header: target api_pages. Its test is in tests/packaging.
file(GLOB api_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sdk/include/nex/*.h)
set(api_dir ${PROJECT_BINARY_DIR}/docs/api)
add_custom_command(OUTPUT ${api_dir}/README.md
  COMMAND ${PROJECT_SOURCE_DIR}/script/apidoc ${api_dir} ${api_headers}
  DEPENDS ${api_headers} ${PROJECT_SOURCE_DIR}/script/apidoc
  COMMENT "Making the API reference from the headers" VERBATIM)
add_custom_target(api_pages ALL DEPENDS ${api_dir}/README.md)
install(DIRECTORY ${api_dir} DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT sdk)
