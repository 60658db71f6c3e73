# Read by CMake right after llama.cpp's own project(): leaves out its common/ library and the HTTP library
# below it, which only its command-line tools use. llama-cpp-python writes LLAMA_BUILD_COMMON=ON into the
# cache, where no option on the command line can change it; a plain variable goes before the cache.
set(LLAMA_BUILD_COMMON OFF)
