/* SPDX-License-Identifier: ISC */
/*
 * names.h -- global names of calls/ and volume/, with a prefix: an application may define the short ones
 *
 * Included before anything else, by a compiler option. boot_libraries.bats finds a name that is missing here.
 */
#ifndef GUEST_NAMES_H
#define GUEST_NAMES_H

#define batch_done guest_batch_done
#define batch_hold guest_batch_hold
#define batch_put guest_batch_put
#define batch_step guest_batch_step
#define batch_undo guest_batch_undo
#define block_give guest_block_give
#define block_read guest_block_read
#define block_resize guest_block_resize
#define block_take guest_block_take
#define blocks_write guest_blocks_write
#define blocks_write_flush guest_blocks_write_flush
#define cache_dirty guest_cache_dirty
#define cache_find guest_cache_find
#define cache_forget guest_cache_forget
#define cache_page guest_cache_page
#define cache_write guest_cache_write
#define change_cut guest_change_cut
#define change_data guest_change_data
#define change_extent guest_change_extent
#define change_move guest_change_move
#define change_node guest_change_node
#define change_node_size guest_change_node_size
#define change_remove guest_change_remove
#define change_state guest_change_state
#define checksum guest_checksum
#define clock_look guest_clock_look
#define clock_running guest_clock_running
#define clock_wait guest_clock_wait
#define content_read guest_content_read
#define content_resize guest_content_resize
#define content_write guest_content_write
#define descriptor_add guest_descriptor_add
#define descriptor_close guest_descriptor_close
#define descriptor_file guest_descriptor_file
#define descriptor_set guest_descriptor_set
#define extents_add guest_extents_add
#define extents_cut guest_extents_cut
#define extents_find guest_extents_find
#define file_release guest_file_release
#define header_read guest_header_read
#define header_write guest_header_write
#define lock_record guest_lock_record
#define logged_forget guest_logged_forget
#define logged_has guest_logged_has
#define logged_set guest_logged_set
#define logged_write guest_logged_write
#define memory_amounts guest_memory_amounts
#define mounts_control guest_mounts_control
#define mounts_sync guest_mounts_sync
#define mounts_wait guest_mounts_wait
#define node_after guest_node_after
#define node_child guest_node_child
#define node_from guest_node_from
#define node_make guest_node_make
#define node_mount guest_node_mount
#define node_move guest_node_move
#define node_read guest_node_read
#define node_release guest_node_release
#define node_remove guest_node_remove
#define node_resize guest_node_resize
#define node_restore guest_node_restore
#define node_restore_move guest_node_restore_move
#define node_restore_remove guest_node_restore_remove
#define node_room guest_node_room
#define node_root guest_node_root
#define node_set_mode guest_node_set_mode
#define node_set_time guest_node_set_time
#define node_state guest_node_state
#define node_sync guest_node_sync
#define node_touch guest_node_touch
#define node_write guest_node_write
#define open_add guest_open_add
#define open_lock guest_open_lock
#define open_node guest_open_node
#define page_bytes guest_page_bytes
#define path_find guest_path_find
#define path_walk guest_path_walk
#define path_work_in guest_path_work_in
#define path_working guest_path_working
#define signal_actions guest_signal_actions
#define signals_blocked guest_signals_blocked
#define signals_deliver guest_signals_deliver
#define signals_pending guest_signals_pending
#define signals_unblockable guest_signals_unblockable
#define space_claim guest_space_claim
#define space_give guest_space_give
#define space_settle guest_space_settle
#define space_take guest_space_take
#define store_changed guest_store_changed
#define store_commit guest_store_commit
#define store_drop guest_store_drop
#define store_fail guest_store_fail
#define store_flush guest_store_flush
#define store_kind guest_store_kind
#define store_live_add guest_store_live_add
#define store_make guest_store_make
#define store_mount guest_store_mount
#define store_note guest_store_note
#define store_numbers_drop guest_store_numbers_drop
#define store_replay guest_store_replay
#define store_settle guest_store_settle
#define store_snapshot guest_store_snapshot
#define store_write guest_store_write

#endif
