# nex_module(NAME [DEPENDS module...] [LIBS target...])
#
# One folder of sdk/src is one module: an object library nex_<name> made of the folder's *.c.
# DEPENDS names the modules below it. A test of a module links the interface target
# nexmod_<name>, which carries the module and all that it stands on, so a test builds without
# the rest of the library; libnex itself is all modules together.
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
