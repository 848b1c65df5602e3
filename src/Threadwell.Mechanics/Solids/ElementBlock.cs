namespace Threadwell.Mechanics.Solids;

/// <summary>Elements of one kind.</summary>
public sealed class ElementBlock
{
    /// <summary>Wraps the elements' corners; the array is shared, not copied.</summary>
    /// <param name="kind">Element type.</param>
    /// <param name="connectivity">Zero-based node indices, element after element, in the order of <see cref="ElementKind"/>.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the element's node count.</exception>
    public ElementBlock(ElementKind kind, int[] connectivity)
    {
        ArgumentNullException.ThrowIfNull(connectivity);
        Kind = kind;
        Connectivity = connectivity;
        NodesPerElement = ElementShape.NodeCount(kind);
        PointsPerElement = ElementShape.PointCount(kind);
        if (connectivity.Length % NodesPerElement != 0)
        {
            throw new ArgumentException($"A {kind} has {NodesPerElement} nodes; {connectivity.Length} indices do not divide.", nameof(connectivity));
        }
    }

    /// <summary>Element type.</summary>
    public ElementKind Kind { get; }

    /// <summary>Node indices; length <see cref="Count"/> x <see cref="NodesPerElement"/>.</summary>
    public int[] Connectivity { get; }

    /// <summary>Nodes an element.</summary>
    public int NodesPerElement { get; }

    /// <summary>Integration points an element.</summary>
    public int PointsPerElement { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Connectivity.Length / NodesPerElement;
}
