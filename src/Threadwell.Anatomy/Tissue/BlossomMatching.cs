namespace Threadwell.Anatomy.Tissue;

/// <summary>
/// Grows a matching on a graph of degree three by augmenting paths until it is as large as can be (Edmonds 1965; breadth-first
/// search with contracted blossoms as in Gabow 1976). A search touches only the triangles around one leftover, so its marks are
/// undone one by one and not for the whole graph.
/// </summary>
internal sealed class BlossomMatching
{
    private readonly int[] neighbours;
    private readonly int[] mate;
    private readonly int[] parent;
    private readonly int[] blossomBase;
    private readonly bool[] outer;
    private readonly bool[] inBlossom;
    private readonly bool[] onPath;
    private readonly List<int> queue = [];
    private readonly List<int> touched = [];

    /// <summary>Takes the graph and the matching to grow.</summary>
    /// <param name="neighbours">Three neighbours a triangle, −1 for none.</param>
    /// <param name="mate">The matching, changed in place; −1 for unmatched.</param>
    public BlossomMatching(int[] neighbours, int[] mate)
    {
        this.neighbours = neighbours;
        this.mate = mate;
        parent = new int[mate.Length];
        blossomBase = new int[mate.Length];
        outer = new bool[mate.Length];
        inBlossom = new bool[mate.Length];
        onPath = new bool[mate.Length];
        Array.Fill(parent, -1);
        for (int node = 0; node < mate.Length; node++)
        {
            blossomBase[node] = node;
        }
    }

    /// <summary>Searches an augmenting path from each unmatched triangle once, which is enough (Berge 1957).</summary>
    public void MatchLeftovers()
    {
        for (int root = 0; root < mate.Length; root++)
        {
            if (mate[root] >= 0)
            {
                continue;
            }

            int end = Search(root);
            while (end >= 0)
            {
                int before = parent[end];
                int next = mate[before];
                mate[end] = before;
                mate[before] = end;
                end = next;
            }

            Forget();
        }
    }

    private int Search(int root)
    {
        queue.Clear();
        Reach(root);
        outer[root] = true;
        queue.Add(root);
        for (int head = 0; head < queue.Count; head++)
        {
            int node = queue[head];
            for (int side = 0; side < 3; side++)
            {
                int other = neighbours[(3 * node) + side];
                if (other < 0 || blossomBase[node] == blossomBase[other] || mate[node] == other)
                {
                    continue;
                }

                if (other == root || (mate[other] >= 0 && parent[mate[other]] >= 0))
                {
                    Contract(node, other);
                }
                else if (parent[other] < 0)
                {
                    Reach(other);
                    parent[other] = node;
                    if (mate[other] < 0)
                    {
                        return other;
                    }

                    Reach(mate[other]);
                    outer[mate[other]] = true;
                    queue.Add(mate[other]);
                }
            }
        }

        return -1;
    }

    private void Contract(int first, int second)
    {
        int ancestor = CommonAncestor(first, second);
        MarkPath(first, ancestor, second);
        MarkPath(second, ancestor, first);
        for (int index = 0; index < touched.Count; index++)
        {
            int node = touched[index];
            if (!inBlossom[blossomBase[node]])
            {
                continue;
            }

            blossomBase[node] = ancestor;
            if (!outer[node])
            {
                outer[node] = true;
                queue.Add(node);
            }
        }

        foreach (int node in touched)
        {
            inBlossom[node] = false;
        }
    }

    private int CommonAncestor(int first, int second)
    {
        int node = first;
        while (true)
        {
            node = blossomBase[node];
            onPath[node] = true;
            if (mate[node] < 0)
            {
                break;
            }

            node = parent[mate[node]];
        }

        node = blossomBase[second];
        while (!onPath[node])
        {
            node = blossomBase[parent[mate[node]]];
        }

        foreach (int visited in touched)
        {
            onPath[visited] = false;
        }

        return node;
    }

    private void MarkPath(int node, int ancestor, int child)
    {
        while (blossomBase[node] != ancestor)
        {
            inBlossom[blossomBase[node]] = true;
            inBlossom[blossomBase[mate[node]]] = true;
            parent[node] = child;
            child = mate[node];
            node = parent[mate[node]];
        }
    }

    private void Reach(int node) => touched.Add(node);

    private void Forget()
    {
        foreach (int node in touched)
        {
            parent[node] = -1;
            blossomBase[node] = node;
            outer[node] = false;
        }

        touched.Clear();
    }
}
