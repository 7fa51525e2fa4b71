# nex_module(NAME [DEPENDS module...] [LIBS target...] [SOURCES file...])
#
# One folder of sdk/src is one module: a static library nex_<name> of the folder's *.c (and of
# SOURCES). DEPENDS names the modules below it, so that a test of a module builds with what the
# module stands on and nothing else. libnex itself is all modules together.
function(nex_module name)
  cmake_parse_arguments(M "" "" "DEPENDS;LIBS;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/${name}/*.c)
  list(APPEND sources ${M_SOURCES})
  if(NOT sources)
    return()
  endif()
  add_library(nex_${name} STATIC ${sources})
  target_include_directories(nex_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/sdk/include ${PROJECT_SOURCE_DIR}/sdk/src
    ${PROJECT_SOURCE_DIR}/generated/include)
  target_link_libraries(nex_${name} PRIVATE nex_options)
  foreach(dep ${M_DEPENDS})
    target_link_libraries(nex_${name} PUBLIC nex_${dep})
  endforeach()
  target_link_libraries(nex_${name} PUBLIC ${M_LIBS})
  set_property(GLOBAL APPEND PROPERTY NEX_MODULES nex_${name})
endfunction()
