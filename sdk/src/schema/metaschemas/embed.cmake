# The meta-schemas beside this file as C arrays, written when the build is configured:
# NEX_METASCHEMAS names the file, for nex_module(schema SOURCES ...).
set(NEX_METASCHEMAS ${PROJECT_BINARY_DIR}/metaschemas.c)
set(arrays)
set(table)
foreach(file draft-07 2020-12 2020-12-core 2020-12-applicator 2020-12-unevaluated
    2020-12-validation 2020-12-meta-data 2020-12-format-annotation 2020-12-format-assertion
    2020-12-content)
  set(path ${CMAKE_CURRENT_LIST_DIR}/${file}.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} text)
  string(JSON uri GET "${text}" "$id")
  string(REGEX REPLACE "#$" "" uri ${uri})
  file(READ ${path} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes ${hex})
  string(MAKE_C_IDENTIFIER "text_${file}" name)
  string(APPEND arrays "static const char ${name}[] = {${bytes}};\n")
  string(APPEND table "    {\"${uri}\", ${name}, sizeof ${name}},\n")
endforeach()
file(CONFIGURE OUTPUT ${NEX_METASCHEMAS} @ONLY CONTENT
"#include \"schema/metaschemas.h\"

@arrays@
const nex_schema_resource nex_metaschemas[] = {
@table@};
const size_t nex_metaschema_count = sizeof nex_metaschemas / sizeof nex_metaschemas[0];
")
