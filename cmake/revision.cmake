# Run at every build: asks git which commit is being built and writes revision.hpp, which configure_file leaves alone
# when nothing has changed, so that nothing is compiled again. Without git, or outside a repository, it is unknown.
set(commit unknown)
set(dirty false)
find_program(git git)
if(git)
    # Without optional locks a build never disturbs a git command in another window.
    execute_process(COMMAND ${git} --no-optional-locks -C ${source} rev-parse --verify --quiet HEAD
                    OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed ERROR_QUIET)
    execute_process(COMMAND ${git} -C ${source} rev-parse --show-toplevel
                    OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    # A copy of the sources inside another project's repository is not that project's commit.
    if(NOT failed AND top STREQUAL source)
        set(commit ${head})
        execute_process(COMMAND ${git} --no-optional-locks -C ${source} status --porcelain
                        OUTPUT_VARIABLE changes ERROR_QUIET)
        if(changes)
            set(dirty true)
        endif()
    endif()
endif()
configure_file(${template} ${target} @ONLY)
