# Lists every type that the generated headers declare, for tests that go through them all:
# ${CMAKE_CURRENT_BINARY_DIR}/protocol_types.inc, one PROTOCOL_TYPE(name) a line.
file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/generated/include/nex/protocol/*.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${headers})
set(lines "")
foreach(header ${headers})
  file(STRINGS ${header} found REGEX "^extern NEX_API const nex_type nex_[a-z0-9_]+_type;")
  foreach(line ${found})
    string(REGEX REPLACE ".* nex_([a-z0-9_]+)_type.*" "\\1" name "${line}")
    string(APPEND lines "PROTOCOL_TYPE(${name})\n")
  endforeach()
endforeach()
file(CONFIGURE OUTPUT protocol_types.inc CONTENT "${lines}" @ONLY)
