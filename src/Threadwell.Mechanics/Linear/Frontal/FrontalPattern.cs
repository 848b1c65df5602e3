using Threadwell.Geometry;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>One dense front: the unknowns eliminated in it, then those that they leave coupled.</summary>
internal sealed class Front
{
    /// <summary>Unknowns (3 x node + axis): own ones first, then the remaining ones, in the order of elimination.</summary>
    public required int[] Unknowns { get; init; }

    /// <summary>How many of <see cref="Unknowns"/> are eliminated here.</summary>
    public required int OwnCount { get; init; }

    /// <summary>Fronts whose remainder is added to this one, in fixed order.</summary>
    public required int[] Children { get; init; }

    /// <summary>For each remaining unknown its place in the parent's <see cref="Unknowns"/>; empty at a root.</summary>
    public int[] ParentPlace { get; set; } = [];

    public int Count => Unknowns.Length;

    public int RemainingCount => Unknowns.Length - OwnCount;
}

/// <summary>
/// Symbolic phase of the multifrontal Cholesky factorisation (Duff and Reid 1983; Davis, Direct Methods for Sparse Linear Systems,
/// chapter 4): elimination sets by nested dissection of the graph of node groups, and the structure of each front.
/// </summary>
internal sealed class FrontalPattern
{
    public FrontalPattern(int[] rowStart, int[] columns, bool[] isFixed, int[] group, Vector3D[] centre)
    {
        Fixed = [.. isFixed];
        int vertices = centre.Length;
        int[] weight = new int[vertices];
        List<int>[] members = [.. Enumerable.Range(0, vertices).Select(_ => new List<int>())];
        for (int unknown = 0; unknown < isFixed.Length; unknown++)
        {
            if (!isFixed[unknown])
            {
                weight[group[unknown / 3]]++;
                members[group[unknown / 3]].Add(unknown);
            }
        }

        (int[] start, int[] adjacent) = VertexGraph(rowStart, columns, group, weight);
        List<EliminationSet> sets = NestedDissection.Order(start, adjacent, weight, centre);
        Fronts = new Front[sets.Count];
        Parent = new int[sets.Count];
        Array.Fill(Parent, -1);
        Build(sets, members, start, adjacent);
        Schedule();
    }

    /// <summary>The fixed components for which the pattern was made.</summary>
    public bool[] Fixed { get; }

    /// <summary>The fronts; children come before their parents.</summary>
    public Front[] Fronts { get; }

    /// <summary>Parent of each front; -1 at roots.</summary>
    public int[] Parent { get; }

    /// <summary>Independent subtrees, each a list of fronts in order, about a third of the work at most.</summary>
    public List<int[]> Subtrees { get; } = [];

    /// <summary>The fronts above the subtrees, in order.</summary>
    public List<int> Top { get; } = [];

    /// <summary>Numbers in the factor.</summary>
    public long FactorSize => Fronts.Sum(front => ((long)front.OwnCount * front.Count) - ((long)front.OwnCount * front.OwnCount / 2));

    /// <summary>Multiplications and additions of a factorisation.</summary>
    public double Operations => Fronts.Sum(Work);

    /// <summary>Bytes of the factor and of the working storage at its largest (a bound).</summary>
    public double Bytes => (4.0 * FactorSize) + (4.0 * Fronts.Max(front => (double)front.Count * front.Count) * 3);

    /// <summary>True when the pattern was made for these fixed components.</summary>
    public bool Fits(bool[] isFixed) => isFixed.AsSpan().SequenceEqual(Fixed);

    private static double Work(Front front)
    {
        double own = front.OwnCount, rest = front.RemainingCount;
        return (own * own * own / 3) + (own * own * rest) + (own * rest * rest);
    }

    private static (int[] Start, int[] Adjacent) VertexGraph(int[] rowStart, int[] columns, int[] group, int[] weight)
    {
        int vertices = weight.Length;
        var nodes = new List<int>[vertices];
        for (int node = 0; node < group.Length; node++)
        {
            (nodes[group[node]] ??= []).Add(node);
        }

        int[] start = new int[vertices + 1];
        var adjacent = new List<int>();
        int[] seen = new int[vertices];
        Array.Fill(seen, -1);
        for (int vertex = 0; vertex < vertices; vertex++)
        {
            seen[vertex] = vertex;
            foreach (int node in nodes[vertex])
            {
                for (int k = rowStart[node]; k < rowStart[node + 1]; k++)
                {
                    int other = group[columns[k]];
                    if (seen[other] != vertex && weight[other] > 0)
                    {
                        seen[other] = vertex;
                        adjacent.Add(other);
                    }
                }
            }

            start[vertex + 1] = adjacent.Count;
        }

        return (start, [.. adjacent]);
    }

    private void Build(List<EliminationSet> sets, List<int>[] members, int[] start, int[] adjacent)
    {
        int[] rank = new int[members.Length];
        int next = 0;
        foreach (EliminationSet set in sets)
        {
            foreach (int vertex in set.Vertices)
            {
                rank[vertex] = next++;
            }
        }

        int[][] remaining = new int[sets.Count][];
        int[] seen = new int[members.Length];
        for (int s = 0; s < sets.Count; s++)
        {
            EliminationSet set = sets[s];
            var rest = new List<int>();
            foreach (int vertex in set.Vertices)
            {
                seen[vertex] = s + 1;
            }

            int last = set.Vertices.Length > 0 ? rank[set.Vertices[^1]] : -1;
            foreach (int vertex in set.Vertices)
            {
                for (int k = start[vertex]; k < start[vertex + 1]; k++)
                {
                    AddRemaining(adjacent[k], rank[adjacent[k]] > last, seen, s, rest);
                }
            }

            foreach (int child in set.Children)
            {
                Parent[child] = s;
                foreach (int vertex in remaining[child])
                {
                    AddRemaining(vertex, true, seen, s, rest);
                }
            }

            rest.Sort((a, b) => rank[a].CompareTo(rank[b]));
            remaining[s] = [.. rest];
            int[] own = [.. set.Vertices.SelectMany(vertex => members[vertex])];
            Fronts[s] = new Front { Unknowns = [.. own, .. rest.SelectMany(vertex => members[vertex])], OwnCount = own.Length, Children = set.Children };
        }

        int[] place = new int[Fixed.Length];
        foreach (Front front in Fronts)
        {
            for (int i = 0; i < front.Count; i++)
            {
                place[front.Unknowns[i]] = i;
            }

            foreach (int child in front.Children)
            {
                Front from = Fronts[child];
                from.ParentPlace = [.. from.Unknowns.Skip(from.OwnCount).Select(unknown => place[unknown])];
            }
        }
    }

    private static void AddRemaining(int vertex, bool later, int[] seen, int set, List<int> rest)
    {
        if (later && seen[vertex] != set + 1)
        {
            seen[vertex] = set + 1;
            rest.Add(vertex);
        }
    }

    /// <summary>Splits the tree from the top until no subtree holds more than a third of the work.</summary>
    private void Schedule()
    {
        double[] work = [.. Fronts.Select(Work)];
        int[] first = new int[Fronts.Length];
        for (int f = 0; f < Fronts.Length; f++)
        {
            first[f] = f;
            foreach (int child in Fronts[f].Children)
            {
                work[f] += work[child];
                first[f] = Math.Min(first[f], first[child]);
            }
        }

        double limit = 0.34 * Operations;
        var pending = new Stack<int>(Enumerable.Range(0, Fronts.Length).Where(f => Parent[f] < 0));
        var roots = new List<int>();
        while (pending.TryPop(out int f))
        {
            if (work[f] > limit && Fronts[f].Children.Length > 0)
            {
                Top.Add(f);
                foreach (int child in Fronts[f].Children)
                {
                    pending.Push(child);
                }
            }
            else
            {
                roots.Add(f);
            }
        }

        Top.Sort();
        foreach (int root in roots.OrderByDescending(f => work[f]).ThenBy(f => f))
        {
            // The fronts of a subtree are numbered without gaps.
            Subtrees.Add([.. Enumerable.Range(first[root], root - first[root] + 1)]);
        }
    }
}
