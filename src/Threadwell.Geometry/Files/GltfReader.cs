using System.Numerics;
using SharpGLTF.Schema2;

namespace Threadwell.Geometry;

/// <summary>
/// Reads the triangles of a glTF 2.0 file, binary (GLB) or text with its buffers embedded: every mesh of the default scene, each node's
/// transform applied, merged into one surface. Materials, images, skins and animations are passed over. glTF is in metres.
/// </summary>
internal static class GltfReader
{
    public static RawMesh Read(string source, byte[] bytes)
    {
        ModelRoot model = Parse(source, bytes);
        var soup = new PolygonSoup(source, "vertex");
        try
        {
            Collect(soup, model);
        }
        catch (Exception error) when (error is not (InvalidInputException or OutOfMemoryException))
        {
            // The library checks lazily and with many exception types; all of them mean that the file contradicts itself.
            throw Damaged(source, error);
        }

        return soup.Build(formatUnit: "m");
    }

    private static ModelRoot Parse(string source, byte[] bytes)
    {
        // Only geometry is read: images that lie beside the file are not needed, buffers that do are refused.
        var context = ReadContext.Create(name => throw new InvalidInputException(
            source, $"buffer '{name}'", "data in a separate file is not supported; export as .glb, which holds everything"));
        context.Validation = SharpGLTF.Validation.ValidationMode.Skip;
        context.ImageDecoder = _ => true;
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            return context.ReadSchema2(stream);
        }
        catch (Exception error) when (error is not (InvalidInputException or OutOfMemoryException))
        {
            throw error.InnerException as InvalidInputException ?? Damaged(source, error);
        }
    }

    private static InvalidInputException Damaged(string source, Exception error)
    {
        string detail = error.Message.ReplaceLineEndings(" ");
        return new InvalidInputException(
            source, place: null, $"no readable glTF file ({(detail.Length > 160 ? detail[..160] : detail)}); export it again as .glb", error);
    }

    private static void Collect(PolygonSoup soup, ModelRoot model)
    {
        Scene? scene = model.DefaultScene ?? (model.LogicalScenes.Count > 0 ? model.LogicalScenes[0] : null);
        IEnumerable<Node> roots = scene?.VisualChildren ?? model.LogicalNodes.Where(node => node.VisualParent is null);
        var pending = new Stack<(Node Node, Matrix4x4 ToScene)>();
        foreach (Node root in roots.Reverse())
        {
            pending.Push((root, Matrix4x4.Identity));
        }

        // A valid file is a forest; a node met twice would loop.
        var visited = new HashSet<int>();
        while (pending.TryPop(out (Node Node, Matrix4x4 ToScene) item))
        {
            if (!visited.Add(item.Node.LogicalIndex))
            {
                throw new InvalidInputException(soup.Source, $"node {item.Node.LogicalIndex}", "the node has two parents or is its own ancestor");
            }

            // The library's matrices act on row vectors.
            Matrix4x4 toScene = item.Node.LocalMatrix * item.ToScene;
            if (item.Node.Mesh is { } mesh)
            {
                foreach (MeshPrimitive primitive in mesh.Primitives)
                {
                    AddPrimitive(soup, primitive, toScene);
                }
            }

            foreach (Node child in item.Node.VisualChildren.Reverse())
            {
                pending.Push((child, toScene));
            }
        }
    }

    private static void AddPrimitive(PolygonSoup soup, MeshPrimitive primitive, Matrix4x4 toScene)
    {
        string place = $"mesh {primitive.LogicalParent.LogicalIndex} primitive {primitive.LogicalIndex}";
        if (primitive.DrawPrimitiveType is not (PrimitiveType.TRIANGLES or PrimitiveType.TRIANGLE_STRIP or PrimitiveType.TRIANGLE_FAN))
        {
            return;
        }

        Accessor position = primitive.GetVertexAccessor("POSITION")
            ?? throw new InvalidInputException(soup.Source, place, "the primitive has no POSITION");
        CheckStored(soup, place, position);
        int first = soup.VertexCount;
        long number = 0;
        soup.PlaceWord = $"{place} vertex";
        foreach (Vector3 local in position.AsVector3Array())
        {
            Vector3 p = Vector3.Transform(local, toScene);
            soup.AddVertex(new Vector3D(p.X, p.Y, p.Z), number++);
        }

        if (primitive.IndexAccessor is { } indices)
        {
            CheckStored(soup, place, indices);
        }

        bool mirrored = toScene.GetDeterminant() < 0;
        soup.PlaceWord = $"{place} triangle";
        long triangle = 0;
        foreach ((int a, int b, int c) in primitive.GetTriangleIndices())
        {
            AddTriangle(soup, first, (a, mirrored ? c : b, mirrored ? b : c), triangle++);
        }
    }

    private static void AddTriangle(PolygonSoup soup, int first, (int A, int B, int C) corners, long triangle)
    {
        ReadOnlySpan<int> indices = [corners.A, corners.B, corners.C];
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)(soup.VertexCount - first))
            {
                throw soup.Error(triangle, $"refers to vertex {index} of {soup.VertexCount - first}");
            }

            soup.AddCorner(first + index);
        }

        soup.EndPolygon(triangle);
    }

    // An accessor without stored data stands for zeros of any declared number: nothing to plan on, and a way to exhaust memory.
    private static void CheckStored(PolygonSoup soup, string place, Accessor accessor)
    {
        if (!accessor.TryGetBufferView(out BufferView view) || accessor.Count > view.Content.Count)
        {
            throw new InvalidInputException(
                soup.Source, $"{place} accessor {accessor.LogicalIndex}", "its data is missing, truncated or compressed; export without compression");
        }
    }
}
