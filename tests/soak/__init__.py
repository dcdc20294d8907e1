"""The long drills of `make soak`; `make test` leaves them out."""
