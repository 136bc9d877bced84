# block -- disk images, read and written in whole blocks

api       solo5_block_acquire solo5_block_read solo5_block_write
api       uk_block_read uk_block_write uk_block_flush uk_block_write_flush uk_block_discard
device    BLOCK_BASIC
property  bool readonly
info      u64 capacity                  # bytes
info      u64 block_size                # bytes, a power of two; what every offset and size is a multiple of
option    --block:NAME=PATH required    "file or block device, or @FD for an inherited descriptor"
option    --block-sector-size:NAME=N    "bytes of a block: 512 (default), 1024, 2048 or 4096"
setup     block_setup
descriptor block each

# file mode
source    host host_file.c      if BLOCK_HAS_FILE
source    guest guest_file.c    if BLOCK_FILE
header    fcntl.h               if BLOCK_HAS_FILE
hypercall block_read(device d, u64 offset, out u8 data[size], u64 size) if BLOCK_HAS_FILE
hypercall block_write(device d, u64 offset, in u8 data[size], u64 size) if BLOCK_HAS_FILE
hypercall block_flush(device d) if BLOCK_HAS_FILE
hypercall block_write_flush(device d, u64 offset, in u8 data[size], u64 size) if BLOCK_HAS_FILE
hypercall block_discard(device d, u64 offset, u64 size) if BLOCK_HAS_FILE
syscall   pread64(fd block) for block_read if BLOCK_HAS_FILE            # from the image
syscall   pwrite64(fd block) for block_write if BLOCK_HAS_FILE          # to the image
syscall   fdatasync(fd block) for block_flush if BLOCK_HAS_FILE         # what was written, onto the disk
syscall   pwrite64(fd block) for block_write_flush if BLOCK_HAS_FILE    # to the image
syscall   fdatasync(fd block) for block_write_flush if BLOCK_HAS_FILE   # what was written, onto the disk
syscall   fallocate(fd block, FALLOC_FL_PUNCH_HOLE|FALLOC_FL_KEEP_SIZE=3) for block_discard if BLOCK_HAS_FILE # makes a hole

# limits of file mode
option    --block-rate:NAME=RATE "bytes a second, then calls, each with :BURST if wanted: 10M,500" if BLOCK_RATE
source    host host_rate.c      if BLOCK_RATE
setup     rate_setup            if BLOCK_RATE
syscall   ppoll                 if BLOCK_RATE   # waits until the rate allows a call
syscall   clock_gettime         if BLOCK_RATE   # for how long, without a vDSO

# mapped mode
source    host host_mapped.c    if BLOCK_HAS_MAPPED
source    host host_allocated.c if BLOCK_HAS_MAPPED
source    guest guest_mapped.c  if BLOCK_MAPPED
option    --block-allocate:NAME "first give all blocks of the file their place on the disk" if BLOCK_HAS_MAPPED
option    --block-populate:NAME "read the whole image first, so that no read of the guest's waits for a page" if BLOCK_HAS_MAPPED
info      u64 address if BLOCK_HAS_MAPPED       # of the image in the guest's memory; 0 in file mode
info      u64 writable if BLOCK_HAS_MAPPED      # bytes: the capacity, or 0 if the device is readonly
setup     block_map if BLOCK_HAS_MAPPED
end       block_report if BLOCK_HAS_MAPPED
header    sys/mman.h            if BLOCK_HAS_MAPPED
hypercall block_sync(device d) if BLOCK_HAS_MAPPED
syscall   msync(_, _, MS_SYNC=4) for block_sync if BLOCK_HAS_MAPPED     # what was written, onto the disk
syscall   fstat(fd block) if BLOCK_HAS_MAPPED                           # which image was made shorter

# both
source    host host_samples.c   if SAMPLES
sample    block_sample          if SAMPLES
option    --block-mode:NAME=MODE        "file or mapped, if not what this appliance was made for" if BLOCK_HAS_BOTH
source    host host_mode.c      if BLOCK_HAS_BOTH
source    guest guest_both.c    if BLOCK_HAS_BOTH
