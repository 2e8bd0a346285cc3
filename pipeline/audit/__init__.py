"""The output held to account, from the output alone: `restore`, `explain`, `check`.  Nothing here writes into it."""
