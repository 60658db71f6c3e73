# Read by CMake right after llama.cpp's own project(): leaves out its common/ library and the HTTP library
# below it, which only its command-line tools use. llama-cpp-python writes LLAMA_BUILD_COMMON=ON into the
# cache, where no option on the command line can change it; a plain variable goes before the cache.
set(LLAMA_BUILD_COMMON OFF)

# No AMX: a virtual machine may announce it, grant it when asked, and stop the program at the first such
# instruction. What is lost are the tile instructions of server processors; AVX-512 stays.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag("-Werror -mno-amx-tile -mno-amx-int8 -mno-amx-bf16" SABUN_CAN_LEAVE_OUT_AMX)
if(SABUN_CAN_LEAVE_OUT_AMX)
  add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:-mno-amx-tile;-mno-amx-int8;-mno-amx-bf16>")
endif()
