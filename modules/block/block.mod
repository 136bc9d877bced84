# block -- disk images, read and written in whole blocks

api       solo5_block_acquire solo5_block_read solo5_block_write
api       uk_block_read uk_block_write uk_block_flush uk_block_discard
hypercall block_read(device d, u64 offset, out u8 data[size], u64 size)
hypercall block_write(device d, u64 offset, in u8 data[size], u64 size)
hypercall block_flush(device d)
hypercall block_discard(device d, u64 offset, u64 size)
device    BLOCK_BASIC
property  bool readonly
info      u64 capacity                  # bytes
info      u64 block_size                # bytes; what every offset and size is a multiple of
option    --block:NAME=PATH required    "file or block device, or @FD for an inherited descriptor"
option    --block-sector-size:NAME=N    "bytes of a block: 512 (default), 1024, 2048 or 4096"
setup     block_setup
descriptor block each
syscall   pread64(fd block) for block_read        # from the image
syscall   pwrite64(fd block) for block_write      # to the image
syscall   fdatasync(fd block) for block_flush     # what was written, onto the disk
syscall   fallocate(fd block, 3) for block_discard        # FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE
