using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>
/// A block of layered tissue under a suction probe: its ring rests on the skin, the skin under its opening is drawn up. A quarter is meshed, with symmetry on two sides; the far sides and
/// the deep fascia hold. The pressure acts along the normal of the flat skin (dome heights are a fraction of the opening).
/// </summary>
internal sealed class SuctionBlock
{
    // The ring is as wide as the opening's radius; the block is several openings wide, so that its far sides do not matter.
    private const double RingOuterInRadii = 2;
    private static readonly double[] PlaneInRadii = [0, 0.35, 0.7, 1, 1.4, 2, 3, 5, 8];

    private readonly TissueParameters parameters;
    private readonly TissueLayer[] layerOfElement;
    private readonly int centre;

    /// <summary>Prepares a block with the forces of the suction on it, without stiffness.</summary>
    /// <param name="thicknessMm">Thickness of each layer, mm, indexed by <see cref="TissueLayer"/>.</param>
    /// <param name="parameters">Parameters of the layers.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="parts">Cells in the place of each of the usual ones along every edge: more in verification.</param>
    public SuctionBlock(IReadOnlyList<double> thicknessMm, TissueParameters parameters, FactValues facts, int parts = 1)
    {
        this.parameters = parameters;
        PressureMPa = facts.Value("suction.pressure", "MPa");
        double radius = facts.Value("suction.aperture", "mm") / 2;
        double[] plane = Divided([.. PlaneInRadii.Select(value => value * radius)], parts);
        (double[] heights, TissueLayer[] layers) = Levels(thicknessMm, parts);
        int n = plane.Length, levels = heights.Length;
        var nodes = new Vector3D[n * n * levels];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < levels; k++)
                {
                    nodes[Node(i, j, k, n, levels)] = new Vector3D(plane[i], plane[j], heights[k]);
                }
            }
        }

        var connectivity = new List<int>();
        var layerOf = new List<TissueLayer>();
        for (int i = 0; i + 1 < n; i++)
        {
            for (int j = 0; j + 1 < n; j++)
            {
                for (int k = 0; k + 1 < levels; k++)
                {
                    foreach (int level in (ReadOnlySpan<int>)[k, k + 1])
                    {
                        connectivity.AddRange([Node(i, j, level, n, levels), Node(i + 1, j, level, n, levels), Node(i + 1, j + 1, level, n, levels), Node(i, j + 1, level, n, levels)]);
                    }

                    layerOf.Add(layers[k]);
                }
            }
        }

        layerOfElement = [.. layerOf];
        Model = new SolidModel(new SolidMesh(nodes, [new ElementBlock(ElementKind.Hex8, [.. connectivity])])) { IsotropicStiffening = new double[layerOfElement.Length] };
        Support(plane, n, levels, radius);
        Draw(plane, n, levels, radius);
        centre = Node(0, 0, levels - 1, n, levels);
    }

    /// <summary>The block; its stiffness is set by <see cref="SetStiffness"/>.</summary>
    public SolidModel Model { get; }

    /// <summary>Pressure of the suction, MPa.</summary>
    public double PressureMPa { get; }

    /// <summary>Layer of an element.</summary>
    public TissueLayer LayerOf(int element) => layerOfElement[element];

    /// <summary>Gives every element the stiffness of its layer.</summary>
    /// <param name="shearModulus">Shear modulus of each layer, MPa, indexed by <see cref="TissueLayer"/>.</param>
    /// <param name="dermalCollagen">Collagen of the dermis relative to what the stiffening holds for: its fibres are what stiffens the skin.</param>
    public void SetStiffness(ReadOnlySpan<double> shearModulus, double dermalCollagen)
    {
        for (int element = 0; element < layerOfElement.Length; element++)
        {
            TissueLayer layer = layerOfElement[element];
            Model.SetNeoHookean(element, shearModulus[(int)layer], parameters.BulkModulusMPa(layer));
            Model.IsotropicStiffening![element] = parameters.Layers[(int)layer].StiffeningMPa * (layer == TissueLayer.Skin ? dermalCollagen : 1);
        }
    }

    /// <summary>Height of the dome, mm.</summary>
    /// <param name="displacement">Displacement of the block, mm.</param>
    public double DomeMm(ReadOnlySpan<double> displacement) => displacement[(3 * centre) + 2];

    private void Support(double[] plane, int n, int levels, double radius)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < levels; k++)
                {
                    int node = Node(i, j, k, n, levels);
                    bool held = k == 0 || i == n - 1 || j == n - 1;
                    double distance = Math.Sqrt((plane[i] * plane[i]) + (plane[j] * plane[j]));
                    bool underRing = k == levels - 1 && distance >= radius && distance <= RingOuterInRadii * radius;
                    Model.Fixed[3 * node] = held || i == 0;
                    Model.Fixed[(3 * node) + 1] = held || j == 0;
                    Model.Fixed[(3 * node) + 2] = held || underRing;
                }
            }
        }
    }

    /// <summary>Nodal forces of the suction: the part of each skin cell inside the opening, by subdivision, on the cell's four corners.</summary>
    private void Draw(double[] plane, int n, int levels, double radius)
    {
        const int Parts = 16;
        for (int i = 0; i + 1 < n; i++)
        {
            for (int j = 0; j + 1 < n; j++)
            {
                double cell = (plane[i + 1] - plane[i]) * (plane[j + 1] - plane[j]) / (Parts * Parts);
                for (int part = 0; part < Parts * Parts; part++)
                {
                    double s = ((part % Parts) + 0.5) / Parts, t = ((part / Parts) + 0.5) / Parts;
                    double x = plane[i] + (s * (plane[i + 1] - plane[i])), y = plane[j] + (t * (plane[j + 1] - plane[j]));
                    if ((x * x) + (y * y) >= radius * radius)
                    {
                        continue;
                    }

                    double force = PressureMPa * cell;
                    Model.NodalForces[(3 * Node(i, j, levels - 1, n, levels)) + 2] += force * (1 - s) * (1 - t);
                    Model.NodalForces[(3 * Node(i + 1, j, levels - 1, n, levels)) + 2] += force * s * (1 - t);
                    Model.NodalForces[(3 * Node(i, j + 1, levels - 1, n, levels)) + 2] += force * (1 - s) * t;
                    Model.NodalForces[(3 * Node(i + 1, j + 1, levels - 1, n, levels)) + 2] += force * s * t;
                }
            }
        }
    }

    private static (double[] Heights, TissueLayer[] Layers) Levels(IReadOnlyList<double> thicknessMm, int parts)
    {
        // Fine in the skin, which the probe mostly moves, coarse below.
        int[] cells = [1, 1, 2, 3];
        var heights = new List<double> { 0 };
        var layers = new List<TissueLayer>();
        for (int layer = 0; layer < cells.Length; layer++)
        {
            for (int cell = 0; cell < parts * cells[layer]; cell++)
            {
                heights.Add(heights[^1] + (thicknessMm[layer] / (parts * cells[layer])));
                layers.Add((TissueLayer)layer);
            }
        }

        return ([.. heights], [.. layers]);
    }

    private static double[] Divided(double[] places, int parts) =>
        [.. Enumerable.Range(0, (parts * (places.Length - 1)) + 1).Select(index => index / parts is var cell && index % parts == 0
            ? places[cell]
            : places[cell] + ((double)(index % parts) / parts * (places[cell + 1] - places[cell])))];

    private static int Node(int i, int j, int k, int n, int levels) => (((i * n) + j) * levels) + k;
}
