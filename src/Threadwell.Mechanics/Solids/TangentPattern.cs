namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Where each element's stiffness goes: the blocks of the upper half of the matrix with the element pairs that add to them, and, for
/// pressure groups of several elements, the pairs of corners that their shared pressure couples. Depends on the mesh alone.
/// </summary>
internal sealed class TangentPattern
{
    public TangentPattern(SolidMesh mesh)
    {
        (int[] rowStart, int[] columns) = Neighbours(mesh);
        RowStart = rowStart;
        Columns = columns;
        PairStart = new long[mesh.ElementCount];
        long pairs = 0;
        foreach (ElementBatches batches in mesh.Batches)
        {
            for (int e = 0; e < batches.Count; e++)
            {
                PairStart[batches.FirstElement + e] = pairs;
                pairs += batches.Nodes * (batches.Nodes + 1) / 2;
            }
        }

        PairCount = pairs;
        (ContributionStart, Contributions, SharedStart, Shared) = Collect(mesh);
        Mirror = new int[columns.Length];
        for (int row = 0; row < mesh.NodeCount; row++)
        {
            for (int k = rowStart[row]; k < rowStart[row + 1]; k++)
            {
                int column = columns[k];
                Mirror[k] = column < row ? -1 : Array.BinarySearch(columns, rowStart[column], rowStart[column + 1] - rowStart[column], row);
            }
        }
    }

    public int[] RowStart { get; }

    public int[] Columns { get; }

    /// <summary>Position of the transposed block of each upper block; -1 for lower blocks.</summary>
    public int[] Mirror { get; }

    /// <summary>Position of each element's first local pair (a &lt;= b, row by row) among all pairs.</summary>
    public long[] PairStart { get; }

    public long PairCount { get; }

    /// <summary>First contribution of each block; length blocks + 1.</summary>
    public int[] ContributionStart { get; }

    /// <summary>Twice the pair that adds to a block, plus one when it is added transposed.</summary>
    public int[] Contributions { get; }

    /// <summary>First shared-pressure contribution of each block; length blocks + 1.</summary>
    public int[] SharedStart { get; }

    /// <summary>Row corner, column corner (slots) and group, three numbers a contribution.</summary>
    public int[] Shared { get; }

    private static (int[] RowStart, int[] Columns) Neighbours(SolidMesh mesh)
    {
        int[] groupStart = new int[mesh.GroupCount + 1];
        foreach (int group in mesh.PressureGroup)
        {
            groupStart[group + 1]++;
        }

        for (int g = 0; g < mesh.GroupCount; g++)
        {
            groupStart[g + 1] += groupStart[g];
        }

        int[] members = new int[mesh.ElementCount];
        int[] next = groupStart[..mesh.GroupCount];
        for (int e = 0; e < mesh.ElementCount; e++)
        {
            members[next[mesh.PressureGroup[e]]++] = e;
        }

        (int[] cornerStart, int[] corners) = ElementCorners(mesh);
        var rowStart = new int[mesh.NodeCount + 1];
        var columns = new List<int>(mesh.NodeCount * 27);
        int[] seen = new int[mesh.NodeCount];
        var row = new List<int>(64);
        NodeIncidence incidence = mesh.Incidence;
        for (int node = 0; node < mesh.NodeCount; node++)
        {
            row.Clear();
            row.Add(node);
            seen[node] = node + 1;
            for (int i = incidence.Start[node]; i < incidence.Start[node + 1]; i++)
            {
                int group = mesh.PressureGroup[incidence.Element[i]];
                for (int m = groupStart[group]; m < groupStart[group + 1]; m++)
                {
                    for (int c = cornerStart[members[m]]; c < cornerStart[members[m] + 1]; c++)
                    {
                        if (seen[corners[c]] != node + 1)
                        {
                            seen[corners[c]] = node + 1;
                            row.Add(corners[c]);
                        }
                    }
                }
            }

            row.Sort();
            columns.AddRange(row);
            rowStart[node + 1] = columns.Count;
        }

        return (rowStart, [.. columns]);
    }

    /// <summary>The corners of all elements in order (corner number = slot).</summary>
    private static (int[] Start, int[] Corners) ElementCorners(SolidMesh mesh)
    {
        int[] start = new int[mesh.ElementCount + 1];
        int[] corners = new int[mesh.Incidence.Slot.Length];
        int element = 0;
        foreach (ElementBlock block in mesh.Blocks)
        {
            block.Connectivity.CopyTo(corners.AsSpan(start[element]));
            for (int e = 0; e < block.Count; e++, element++)
            {
                start[element + 1] = start[element] + block.NodesPerElement;
            }
        }

        return (start, corners);
    }

    private (int[] Start, int[] Contributions, int[] SharedStart, int[] Shared) Collect(SolidMesh mesh)
    {
        (int[] cornerStart, int[] corners) = ElementCorners(mesh);
        int[][] groups = new int[mesh.GroupCount][];
        for (int e = 0; e < mesh.ElementCount; e++)
        {
            int group = mesh.PressureGroup[e];
            if (mesh.GroupSize[group] > 1)
            {
                groups[group] = [.. groups[group] ?? [], e];
            }
        }

        var start = new int[Columns.Length + 1];
        var sharedStart = new int[Columns.Length + 1];
        int[] contributions = [];
        int[] shared = [];
        int[] position = new int[mesh.NodeCount];
        NodeIncidence incidence = mesh.Incidence;

        // Two sweeps: the first counts, the second fills.
        for (int sweep = 0; sweep < 2; sweep++)
        {
            int[] at = start[..^1];
            int[] sharedAt = sharedStart[..^1];
            for (int row = 0; row < mesh.NodeCount; row++)
            {
                for (int k = RowStart[row]; k < RowStart[row + 1]; k++)
                {
                    position[Columns[k]] = k;
                }

                for (int i = incidence.Start[row]; i < incidence.Start[row + 1]; i++)
                {
                    int e = incidence.Element[i];
                    int a = incidence.Corner[i];
                    int nodes = cornerStart[e + 1] - cornerStart[e];
                    for (int b = 0; b < nodes; b++)
                    {
                        int column = corners[cornerStart[e] + b];
                        if (column < row)
                        {
                            continue;
                        }

                        int k = position[column];
                        if (sweep == 0)
                        {
                            start[k + 1]++;
                        }
                        else
                        {
                            int low = Math.Min(a, b), high = Math.Max(a, b);
                            int pair = (int)PairStart[e] + (low * nodes) - (low * (low - 1) / 2) + (high - low);
                            contributions[at[k]++] = (2 * pair) + (a <= b ? 0 : 1);
                        }
                    }

                    foreach (int f in groups[mesh.PressureGroup[e]] ?? [])
                    {
                        for (int c = cornerStart[f]; c < cornerStart[f + 1]; c++)
                        {
                            if (corners[c] < row)
                            {
                                continue;
                            }

                            int k = position[corners[c]];
                            if (sweep == 0)
                            {
                                sharedStart[k + 1]++;
                            }
                            else
                            {
                                int s = 3 * sharedAt[k]++;
                                shared[s] = incidence.Slot[i];
                                shared[s + 1] = c;
                                shared[s + 2] = mesh.PressureGroup[e];
                            }
                        }
                    }
                }
            }

            if (sweep == 0)
            {
                for (int k = 0; k < Columns.Length; k++)
                {
                    start[k + 1] += start[k];
                    sharedStart[k + 1] += sharedStart[k];
                }

                contributions = new int[start[^1]];
                shared = new int[3 * sharedStart[^1]];
            }
        }

        return (start, contributions, sharedStart, shared);
    }
}
