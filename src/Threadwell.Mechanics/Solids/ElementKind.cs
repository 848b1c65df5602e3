namespace Threadwell.Mechanics.Solids;

/// <summary>The element types. Node order: the bottom face, counter-clockwise seen from the top, then the top face above it.</summary>
public enum ElementKind
{
    /// <summary>Linear tetrahedron, one integration point. It locks near incompressibility; kept for verification.</summary>
    Tet4,

    /// <summary>Linear wedge on a triangle, 3 x 2 integration points.</summary>
    Wedge6,

    /// <summary>Trilinear brick, 2 x 2 x 2 integration points.</summary>
    Hex8,
}
