"""A Ray cluster of two nodes on the loopback address, which lives until its standard input closes; prints its address."""

from __future__ import annotations

import sys

from ray.cluster_utils import Cluster


def main() -> None:
    """Starts the nodes, says where they are, waits, ends them."""
    lean = {"num_cpus": 2, "object_store_memory": 80_000_000}
    # Not 127.0.0.1: Ray takes that for the machine's address in its network, and listens there.
    head = {**lean, "include_dashboard": False, "node_ip_address": "127.0.0.2"}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    cluster.add_node(**lean, node_ip_address="127.0.0.3")
    print(cluster.address, flush=True)
    sys.stdin.read()
    cluster.shutdown()


if __name__ == "__main__":
    main()
