package dev.headwater.core;

import dev.headwater.core.internal.CommitFollower;

/** What runs on this node, as far as handles need it. */
record Nodes(Syncs syncs, Background background, CommitFollower follower) {}
