# What the project links: the distribution's libraries, found through pkg-config.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
foreach(dep libnats jansson libsodium libuv yaml-0.1 libpcre2-8)
  string(REGEX REPLACE "[^a-z0-9]" "_" name ${dep})
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${dep})
endforeach()
