# What the project links: the distribution's libraries, found through pkg-config. Each becomes a
# target PkgConfig::<name>, with _ for what a target's name may not hold.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
set(NEX_PACKAGES libnats jansson libsodium libuv yaml-0.1 libpcre2-8 libidn2)
foreach(dep ${NEX_PACKAGES})
  string(REGEX REPLACE "[^a-z0-9]" "_" name ${dep})
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${dep})
endforeach()
