using Threadwell.Geometry;
using Threadwell.Mechanics.Linear.Frontal;

namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Nodes and elements in the reference configuration, with what the kernels need of its geometry. Elements are numbered block after
/// block; element e has the integration points <c>PointStart[e]</c> to <c>PointStart[e + 1]</c>. A mesh is immutable and may be shared
/// by models and threads.
/// </summary>
public sealed class SolidMesh
{
    private readonly Lazy<TangentPattern> _tangentPattern;
    private FrontalPattern? _elimination;

    /// <summary>Builds the mesh.</summary>
    /// <param name="nodes">Node positions, mm.</param>
    /// <param name="blocks">Elements by kind.</param>
    /// <param name="pressureGroups">
    /// Pressure group of each element (zero-based, none left out): the elements of a group share one volume ratio and one pressure. Null
    /// gives each element its own.
    /// </param>
    /// <exception cref="ArgumentException">An index is out of range, an element is inverted or flat, or a group number is left out.</exception>
    public SolidMesh(ReadOnlySpan<Vector3D> nodes, IReadOnlyList<ElementBlock> blocks, int[]? pressureGroups = null)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        NodeCount = nodes.Length;
        Blocks = [.. blocks];
        var coordinates = new double[3 * nodes.Length];
        for (int node = 0; node < nodes.Length; node++)
        {
            coordinates[3 * node] = nodes[node].X;
            coordinates[(3 * node) + 1] = nodes[node].Y;
            coordinates[(3 * node) + 2] = nodes[node].Z;
        }

        Coordinates = coordinates;
        Batches = new ElementBatches[Blocks.Count];
        ElementCount = Blocks.Sum(block => block.Count);
        PointStart = new int[ElementCount + 1];
        int element = 0;
        for (int b = 0; b < Batches.Length; b++)
        {
            ElementBlock block = Blocks[b];
            foreach (int node in block.Connectivity)
            {
                if ((uint)node >= (uint)NodeCount)
                {
                    throw new ArgumentException($"Node {node} of a {block.Kind} is not one of the {NodeCount} nodes.", nameof(blocks));
                }
            }

            Batches[b] = new ElementBatches(block, element, PointStart[element], coordinates);
            for (int e = 0; e < block.Count; e++, element++)
            {
                PointStart[element + 1] = PointStart[element] + block.PointsPerElement;
            }
        }

        PressureGroup = pressureGroups ?? [.. Enumerable.Range(0, ElementCount)];
        if (PressureGroup.Length != ElementCount)
        {
            throw new ArgumentException($"{PressureGroup.Length} pressure groups for {ElementCount} elements.", nameof(pressureGroups));
        }

        GroupCount = ElementCount == 0 ? 0 : PressureGroup.Max() + 1;
        GroupVolume = new double[GroupCount];
        GroupSize = new int[GroupCount];
        ElementVolume = new double[ElementCount];
        foreach (ElementBatches batches in Batches)
        {
            batches.Volumes(ElementVolume);
        }

        for (int e = 0; e < ElementCount; e++)
        {
            GroupVolume[PressureGroup[e]] += ElementVolume[e];
            GroupSize[PressureGroup[e]]++;
        }

        if (Array.IndexOf(GroupSize, 0) is int empty and >= 0)
        {
            throw new ArgumentException($"Pressure group {empty} has no element: number the groups without gaps.", nameof(pressureGroups));
        }

        Incidence = new NodeIncidence(this);
        _tangentPattern = new Lazy<TangentPattern>(() => new TangentPattern(this));
    }

    /// <summary>Number of nodes.</summary>
    public int NodeCount { get; }

    /// <summary>Number of elements of all blocks.</summary>
    public int ElementCount { get; }

    /// <summary>Number of integration points of all elements.</summary>
    public int PointCount => PointStart[ElementCount];

    /// <summary>Number of pressure groups.</summary>
    public int GroupCount { get; }

    /// <summary>Node positions, mm: x, y, z of node 0, then of node 1, ...; length 3 x <see cref="NodeCount"/>.</summary>
    public double[] Coordinates { get; }

    /// <summary>The element blocks.</summary>
    public IReadOnlyList<ElementBlock> Blocks { get; }

    /// <summary>First integration point of each element, and at the end the number of points; length <see cref="ElementCount"/> + 1.</summary>
    public int[] PointStart { get; }

    /// <summary>Pressure group of each element.</summary>
    public int[] PressureGroup { get; }

    /// <summary>Reference volume of each element, mm³.</summary>
    public double[] ElementVolume { get; }

    /// <summary>Reference volume of each pressure group, mm³.</summary>
    public double[] GroupVolume { get; }

    /// <summary>Number of elements in each pressure group.</summary>
    internal int[] GroupSize { get; }

    /// <summary>The kernels' copy of the geometry, one a block.</summary>
    internal ElementBatches[] Batches { get; }

    /// <summary>Which elements meet at each node.</summary>
    internal NodeIncidence Incidence { get; }

    /// <summary>Pattern of the stiffness matrix, made on first use.</summary>
    internal TangentPattern TangentPattern => _tangentPattern.Value;

    /// <summary>Order of elimination for given fixed components; the last one is kept, since models of one mesh mostly agree.</summary>
    internal FrontalPattern Elimination(bool[] isFixed)
    {
        lock (_tangentPattern)
        {
            if (_elimination is null || !_elimination.Fits(isFixed))
            {
                (int[] group, Vector3D[] centre) = ColumnGroups.Find(this);
                _elimination = new FrontalPattern(TangentPattern.RowStart, TangentPattern.Columns, isFixed, group, centre);
            }

            return _elimination;
        }
    }

    /// <summary>Position of a node, mm.</summary>
    public Vector3D Node(int node) => new(Coordinates[3 * node], Coordinates[(3 * node) + 1], Coordinates[(3 * node) + 2]);

    /// <summary>Reference volume at each integration point, mm³; length <see cref="PointCount"/>.</summary>
    public double[] PointVolumes()
    {
        var volumes = new double[PointCount];
        foreach (ElementBatches batches in Batches)
        {
            batches.PointVolumes(volumes);
        }

        return volumes;
    }

    /// <summary>Volume that each node stands for, mm³: an equal part of each element that meets there; length <see cref="NodeCount"/>.</summary>
    public double[] LumpedVolumes()
    {
        var volumes = new double[NodeCount];
        int element = 0;
        foreach (ElementBlock block in Blocks)
        {
            for (int corner = 0; corner < block.Connectivity.Length; corner++)
            {
                volumes[block.Connectivity[corner]] += ElementVolume[element + (corner / block.NodesPerElement)] / block.NodesPerElement;
            }

            element += block.Count;
        }

        return volumes;
    }

    /// <summary>Position of each integration point in the reference configuration, mm; length <see cref="PointCount"/>.</summary>
    public Vector3D[] PointPositions()
    {
        var positions = new Vector3D[PointCount];
        int element = 0;
        foreach (ElementBlock block in Blocks)
        {
            (double[] values, _, _) = ElementShape.AtPoints(block.Kind);
            for (int e = 0; e < block.Count; e++, element++)
            {
                for (int point = 0; point < block.PointsPerElement; point++)
                {
                    Vector3D position = default;
                    for (int a = 0; a < block.NodesPerElement; a++)
                    {
                        position += values[(point * block.NodesPerElement) + a] * Node(block.Connectivity[(e * block.NodesPerElement) + a]);
                    }

                    positions[PointStart[element] + point] = position;
                }
            }
        }

        return positions;
    }
}
