namespace Threadwell.Geometry;

/// <summary>Collects the vertices and triangles that a repair adds to a draft.</summary>
internal sealed class SurfacePatchBuilder(SurfaceDraft draft)
{
    private readonly List<Vector3D> _vertices = [];
    private readonly List<int> _triangles = [];

    public int AddVertex(Vector3D position)
    {
        _vertices.Add(position);
        return draft.Positions.Length + _vertices.Count - 1;
    }

    public void AddTriangle(int a, int b, int c)
    {
        _triangles.Add(a);
        _triangles.Add(b);
        _triangles.Add(c);
    }

    /// <summary>Adds what was collected to the draft; the new triangles have face number 0.</summary>
    public void Apply()
    {
        draft.FaceNumbers = [.. draft.FaceNumbers, .. new int[_triangles.Count / 3]];
        draft.Positions = [.. draft.Positions, .. _vertices];
        draft.Triangles = [.. draft.Triangles, .. _triangles];
    }
}
