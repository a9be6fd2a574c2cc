"""The floor under virtual time: what would happen, if. `drive.drive` plays a run, `workload` says what it takes."""
