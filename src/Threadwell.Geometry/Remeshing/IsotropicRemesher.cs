namespace Threadwell.Geometry;

/// <summary>
/// Covers a surface anew with triangles that are nearly equilateral and of a wished size (Botsch and Kobbelt 2004, "A remeshing approach
/// to multiresolution modeling"): rounds of splitting long edges, collapsing short ones, flipping towards six neighbours, and relaxing
/// vertices along the surface, always projected back on the source. The border is resampled along its own curve; its corners stay.
/// </summary>
public static class IsotropicRemesher
{
    /// <summary>Remeshes to a uniform edge length.</summary>
    /// <param name="source">A manifold surface, open or closed.</param>
    /// <param name="targetEdge">Wished edge length, mm.</param>
    public static TriangleMesh Remesh(TriangleMesh source, double targetEdge) => Remesh(source, new RemeshOptions { TargetEdge = targetEdge });

    /// <summary>Remeshes by options.</summary>
    /// <param name="source">A manifold surface, open or closed, such as <see cref="ScanReader"/> or <see cref="RegionCutter"/> give.</param>
    /// <param name="options">Wished edge lengths.</param>
    /// <returns>A manifold surface with the same winding, its vertices on the source. The same input gives the same bits.</returns>
    /// <exception cref="ArgumentException">The source is no manifold, or the wished length is not positive.</exception>
    public static TriangleMesh Remesh(TriangleMesh source, RemeshOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TargetEdge, nameof(options));
        var draft = new SurfaceDraft("surface", source.Positions, source.Triangles, new int[source.TriangleCount]);
        ManifoldCutter.Cut(draft);
        draft.DropUnusedVertices();
        TriangleMesh manifold = draft.ToMesh();
        var session = new RemeshSession(manifold, options);
        for (int round = 0; round < options.Rounds; round++)
        {
            session.SplitLongEdges();
            session.CollapseShortEdges();
            session.FlipTowardsSixNeighbours();
            session.Relax(passes: 2);
        }

        session.Polish();
        return session.Result();
    }
}
