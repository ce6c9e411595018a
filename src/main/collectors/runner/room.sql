-- Returns: a number that nobody needs. Asked once a connection, for what it leaves behind: once a piece of memory of this
--          size was given back, glibc keeps smaller ones for the next question (mallopt(3), M_MMAP_THRESHOLD), and the
--          copy of all processes' entries, which each look at activity begins with, is written where memory is at hand
--          instead of into pages that the kernel has to clear first. With 500 connections these were half of a look.
-- Cost: some 3 ms, and 8 MB for so long.
-- Privileges: none.
-- Versions: 13 and later.
select octet_length(repeat(' ', 8000000))
