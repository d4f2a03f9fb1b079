#!/bin/sh
# Longer than a health check with Docker's usual patience would wait.
echo "slow.sh begins"
sleep 75
echo "slow.sh ends"
