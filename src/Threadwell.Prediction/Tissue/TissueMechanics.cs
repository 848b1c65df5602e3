using Threadwell.Anatomy;
using Threadwell.Anatomy.Tissue;
using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;

namespace Threadwell.Prediction;

/// <summary>Joins a layered tissue with its parameters to the solid model that the solver takes: elements, layers, gravity, springs.</summary>
internal sealed class TissueMechanics
{
    // Standard acceleration of free fall (ISO 80000-3), mm/s²; the scan is taken upright.
    private const double GravityMmPerS2 = 9806.65;

    private readonly TissueParameters parameters;

    /// <summary>Builds the model of day 0, before prestress.</summary>
    public TissueMechanics(LayeredTissue tissue, TissueParameters parameters)
    {
        Tissue = tissue;
        this.parameters = parameters;
        WedgeSolid solid = WedgeSolid.Of(tissue);
        Mesh = new SolidMesh(tissue.Nodes, [new ElementBlock(ElementKind.Wedge6, solid.Connectivity)], solid.PressureGroups);
        WedgeNormal = new Vector3D[Mesh.ElementCount];
        Model = new SolidModel(Mesh) { Gravity = new Vector3D(0, -GravityMmPerS2, 0), IsotropicStiffening = new double[Mesh.ElementCount] };
        for (int wedge = 0; wedge < Mesh.ElementCount; wedge++)
        {
            TissueLayer layer = LayerOf(wedge);
            LayerParameters values = parameters.Layers[(int)layer];
            Model.SetNeoHookean(wedge, values.ShearModulusMPa, parameters.BulkModulusMPa(layer));
            Model.IsotropicStiffening[wedge] = values.StiffeningMPa;
            Model.Density[wedge] = values.DensityTonnePerMm3;
            WedgeNormal[wedge] = tissue.Skin.TriangleAreaVector(wedge / tissue.CellCount).Normalized();
        }

        (SpringNodes, PermanentStiffness, RenewedStiffness) = Springs();
    }

    /// <summary>The layered tissue.</summary>
    public LayeredTissue Tissue { get; }

    /// <summary>Its wedges.</summary>
    public SolidMesh Mesh { get; }

    /// <summary>Its material, loads and supports; the course changes it from step to step.</summary>
    public SolidModel Model { get; }

    /// <summary>Unit normal of the skin above each wedge.</summary>
    public Vector3D[] WedgeNormal { get; }

    /// <summary>Nodes that carry springs.</summary>
    public int[] SpringNodes { get; }

    /// <summary>Permanent part of the springs, N/mm, 6 a node: the deep fascia against the normal direction.</summary>
    public double[] PermanentStiffness { get; }

    /// <summary>Part of the springs that is renewed in place, N/mm, 6 a node: gliding plane, ligaments, tissue beyond the cut.</summary>
    public double[] RenewedStiffness { get; }

    /// <summary>The layer of a wedge.</summary>
    public TissueLayer LayerOf(int wedge) => Tissue.CellLayers[wedge % Tissue.CellCount];

    /// <summary>Law of a wedge's layer on day 0, which the near field of a barb goes on with where the mesh ends.</summary>
    public StiffeningMedium MediumOf(int wedge) => parameters.Layers[(int)LayerOf(wedge)].Medium;

    /// <summary>Per point the tensor of unit mass that the layer's networks have where they are laid down: tension in the skin's plane.</summary>
    public double[] LaidDownTensors()
    {
        var tensors = new double[6 * Mesh.PointCount];
        for (int wedge = 0; wedge < Mesh.ElementCount; wedge++)
        {
            double stretch = parameters.Layers[(int)LayerOf(wedge)].DepositionStretch;
            double plane = stretch * stretch;
            double across = Math.Pow(stretch, -4) - plane;
            Vector3D n = WedgeNormal[wedge];
            for (int point = Mesh.PointStart[wedge]; point < Mesh.PointStart[wedge + 1]; point++)
            {
                Span<double> tensor = tensors.AsSpan(6 * point, 6);
                tensor[0] = plane + (across * n.X * n.X);
                tensor[1] = plane + (across * n.Y * n.Y);
                tensor[2] = plane + (across * n.Z * n.Z);
                tensor[3] = across * n.X * n.Y;
                tensor[4] = across * n.Y * n.Z;
                tensor[5] = across * n.Z * n.X;
            }
        }

        return tensors;
    }

    private (int[] Nodes, double[] Permanent, double[] Renewed) Springs()
    {
        var permanent = new SortedDictionary<int, double[]>();
        var renewed = new SortedDictionary<int, double[]>();
        (double[] area, Vector3D[] normal) = DeepSurface();
        for (int column = 0; column < Tissue.ColumnCount; column++)
        {
            int node = Tissue.Node(column, 0);
            Vector3D n = normal[column];
            AddDyad(permanent, node, n, (parameters.FoundationNormal - parameters.FoundationTangential) * area[column]);
            AddIsotropic(renewed, node, (parameters.FoundationTangential * area[column]) + (parameters.LigamentStiffness * Tissue.LigamentShare[column]));
        }

        AddCutEdges(renewed);
        int[] nodes = [.. renewed.Keys];
        return (
            nodes,
            [.. nodes.SelectMany(node => permanent.TryGetValue(node, out double[]? k) ? k : new double[6])],
            [.. nodes.SelectMany(node => renewed[node])]);
    }

    /// <summary>
    /// Beyond a cut edge the tissue goes on for a length L: a strip of modulus mu resists shear and stretch along it with about
    /// 2 mu area / L (between mu for shear and 3 mu for stretch).
    /// </summary>
    private void AddCutEdges(SortedDictionary<int, double[]> renewed)
    {
        foreach ((int from, int to) in BoundaryEdges())
        {
            for (int cell = 0; cell < Tissue.CellCount; cell++)
            {
                int a = Tissue.Node(from, cell), b = Tissue.Node(to, cell), c = Tissue.Node(from, cell + 1), d = Tissue.Node(to, cell + 1);
                double side = 0.5 * Vector3D.Cross(Tissue.Nodes[d] - Tissue.Nodes[a], Tissue.Nodes[c] - Tissue.Nodes[b]).Length;
                double stiffness = 2 * parameters.Layers[(int)Tissue.CellLayers[cell]].ShearModulusMPa * side / parameters.ContinuationLengthMm;
                foreach (int node in (ReadOnlySpan<int>)[a, b, c, d])
                {
                    AddIsotropic(renewed, node, stiffness / 4);
                }
            }
        }
    }

    private List<(int From, int To)> BoundaryEdges()
    {
        var seen = new HashSet<(int, int)>();
        int[] triangles = Tissue.Skin.Triangles;
        for (int corner = 0; corner < triangles.Length; corner++)
        {
            seen.Add((triangles[corner], triangles[corner % 3 == 2 ? corner - 2 : corner + 1]));
        }

        return [.. seen.Where(edge => !seen.Contains((edge.Item2, edge.Item1))).Order()];
    }

    private (double[] Area, Vector3D[] Normal) DeepSurface()
    {
        var area = new double[Tissue.ColumnCount];
        var normal = new Vector3D[Tissue.ColumnCount];
        int[] triangles = Tissue.Skin.Triangles;
        for (int triangle = 0; triangle < Tissue.Skin.TriangleCount; triangle++)
        {
            Vector3D a = Tissue.Nodes[Tissue.Node(triangles[3 * triangle], 0)];
            Vector3D b = Tissue.Nodes[Tissue.Node(triangles[(3 * triangle) + 1], 0)];
            Vector3D c = Tissue.Nodes[Tissue.Node(triangles[(3 * triangle) + 2], 0)];
            Vector3D vector = 0.5 * Vector3D.Cross(b - a, c - a);
            for (int corner = 0; corner < 3; corner++)
            {
                int column = triangles[(3 * triangle) + corner];
                area[column] += vector.Length / 3;
                normal[column] += vector;
            }
        }

        return (area, [.. normal.Select(vector => vector.Normalized())]);
    }

    private static void AddIsotropic(SortedDictionary<int, double[]> springs, int node, double stiffness)
    {
        double[] k = Entry(springs, node);
        k[0] += stiffness;
        k[1] += stiffness;
        k[2] += stiffness;
    }

    private static void AddDyad(SortedDictionary<int, double[]> springs, int node, Vector3D n, double stiffness)
    {
        double[] k = Entry(springs, node);
        k[0] += stiffness * n.X * n.X;
        k[1] += stiffness * n.Y * n.Y;
        k[2] += stiffness * n.Z * n.Z;
        k[3] += stiffness * n.X * n.Y;
        k[4] += stiffness * n.Y * n.Z;
        k[5] += stiffness * n.Z * n.X;
    }

    private static double[] Entry(SortedDictionary<int, double[]> springs, int node)
    {
        if (!springs.TryGetValue(node, out double[]? k))
        {
            springs[node] = k = new double[6];
        }

        return k;
    }
}
