using Threadwell.Geometry;

namespace Threadwell.Mechanics.Linear.Frontal;

/// <summary>A set of vertices eliminated together, after those of its children.</summary>
/// <param name="Vertices">Vertices of the set; may be empty where a cut separates two parts that do not touch.</param>
/// <param name="Children">Positions of the children in the list of sets.</param>
internal sealed record EliminationSet(int[] Vertices, int[] Children);

/// <summary>
/// Orders a graph by nested dissection (George 1973): cut across the direction that needs the fewest unknowns, eliminate both sides
/// first and the cut last. Cuts are medians of the vertices' positions, thinned to the least vertex cover of the edges that cross.
/// </summary>
internal sealed class NestedDissection
{
    private const int LeafUnknowns = 128;
    private static readonly Vector3D[] Directions =
    [
        new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(1, 1, 0), new(1, -1, 0), new(0, 1, 1), new(0, 1, -1), new(1, 0, 1), new(1, 0, -1),
    ];

    private readonly int[] _start;
    private readonly int[] _adjacent;
    private readonly int[] _weight;
    private readonly Vector3D[] _position;
    private readonly int[] _side;
    private readonly VertexCover _cover;
    private readonly List<EliminationSet> _sets = [];

    private NestedDissection(int[] start, int[] adjacent, int[] weight, Vector3D[] position)
    {
        _start = start;
        _adjacent = adjacent;
        _weight = weight;
        _position = position;
        _side = new int[weight.Length];
        _cover = new VertexCover(weight.Length);
    }

    /// <summary>Elimination sets in an order in which children come before their parent; the roots are those that nobody names.</summary>
    /// <param name="start">First neighbour of each vertex; length vertices + 1.</param>
    /// <param name="adjacent">Neighbours, without the vertex itself.</param>
    /// <param name="weight">Unknowns of each vertex.</param>
    /// <param name="position">Position of each vertex.</param>
    public static List<EliminationSet> Order(int[] start, int[] adjacent, int[] weight, Vector3D[] position)
    {
        var dissection = new NestedDissection(start, adjacent, weight, position);
        int[] all = [.. Enumerable.Range(0, weight.Length).Where(vertex => weight[vertex] > 0)];
        if (all.Length > 0)
        {
            dissection.Dissect(all);
        }

        return dissection._sets;
    }

    private int Dissect(int[] vertices)
    {
        int unknowns = Unknowns(vertices);
        if (unknowns > LeafUnknowns && vertices.Length > 2 && BestCut(vertices, unknowns) is var (low, high, separator))
        {
            int[] children = [Dissect(low), Dissect(high)];
            _sets.Add(new EliminationSet(separator, children));
        }
        else
        {
            _sets.Add(new EliminationSet(vertices, []));
        }

        return _sets.Count - 1;
    }

    private (int[] Low, int[] High, int[] Separator)? BestCut(int[] vertices, int unknowns)
    {
        (int[] Low, int[] High, int[] Separator)? best = null;
        double bestCost = double.PositiveInfinity;
        double[] along = new double[vertices.Length];
        int[] sorted = new int[vertices.Length];
        int directions = vertices.Length > 5000 ? 3 : Directions.Length;
        for (int d = 0; d < directions; d++)
        {
            for (int i = 0; i < vertices.Length; i++)
            {
                along[i] = Vector3D.Dot(Directions[d], _position[vertices[i]]);
            }

            vertices.CopyTo(sorted, 0);
            Array.Sort(along, sorted);
            (int[] low, int[] high, int[] separator) = Cut(sorted, unknowns);
            if (low.Length == 0 || high.Length == 0)
            {
                continue;
            }

            double imbalance = Math.Abs((double)Unknowns(low) - Unknowns(high)) / unknowns;
            double cost = Unknowns(separator) * (1 + imbalance);
            if (cost < bestCost)
            {
                (best, bestCost) = ((low, high, separator), cost);
            }
        }

        return best;
    }

    /// <summary>Cuts a sorted list at half of its unknowns and thins the cut.</summary>
    private (int[] Low, int[] High, int[] Separator) Cut(int[] sorted, int unknowns)
    {
        int passed = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            _side[sorted[i]] = 2 * passed < unknowns ? 1 : 2;
            passed += _weight[sorted[i]];
        }

        _cover.Clear();
        foreach (int vertex in sorted)
        {
            for (int k = _start[vertex]; _side[vertex] == 1 && k < _start[vertex + 1]; k++)
            {
                if (_side[_adjacent[k]] == 2)
                {
                    _cover.AddEdge(vertex, _adjacent[k]);
                }
            }
        }

        foreach (int vertex in _cover.Find())
        {
            _side[vertex] = 3;
        }

        // Kept in ascending order: the result then depends on the graph alone.
        int[] low = Take(sorted, 1), high = Take(sorted, 2), separator = Take(sorted, 3);
        foreach (int vertex in sorted)
        {
            _side[vertex] = 0;
        }

        return (low, high, separator);
    }

    private int[] Take(int[] vertices, int side)
    {
        int count = 0;
        foreach (int vertex in vertices)
        {
            count += _side[vertex] == side ? 1 : 0;
        }

        int[] taken = new int[count];
        foreach (int vertex in vertices)
        {
            if (_side[vertex] == side)
            {
                taken[^count--] = vertex;
            }
        }

        Array.Sort(taken);
        return taken;
    }

    private int Unknowns(int[] vertices)
    {
        int unknowns = 0;
        foreach (int vertex in vertices)
        {
            unknowns += _weight[vertex];
        }

        return unknowns;
    }
}
