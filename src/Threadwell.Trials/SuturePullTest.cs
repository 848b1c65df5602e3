using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Mechanics.Equilibrium;
using Threadwell.Mechanics.Solids;
using Threadwell.Mechanics.Threads;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Trials;

/// <summary>What one pull did.</summary>
/// <param name="DisplacementMm">How far the pulled end of the suture moved, mm.</param>
/// <param name="PulledThrough">Whether it was drawn through the tissue: the pull is more than it holds.</param>
/// <param name="Slipped">Barbs or cones that slipped.</param>
internal sealed record PullOutcome(double DisplacementMm, bool PulledThrough, int Slipped);

/// <summary>
/// A suture in a block of skin, superficial fat and SMAS that rests on the gliding plane, pulled along its course at one end. The block is wide enough for its far sides not to matter; the
/// suture's end leaves it where the pull acts. The tissue is that of a prediction: same moduli, same bond and near field.
/// </summary>
internal sealed class SuturePullTest
{
    private readonly SuturePull test;
    private readonly FactValues facts;
    private readonly TissueParameters parameters;
    private readonly double edgeMm;
    private readonly int threads;
    private readonly SolidModel model;
    private readonly double[] volumes;

    /// <summary>Prepares a block.</summary>
    /// <param name="test">The set-up.</param>
    /// <param name="facts">Values to go by.</param>
    /// <param name="threads">Threads of execution.</param>
    /// <param name="edgeMm">Edge length of the bricks along the skin near the suture, mm.</param>
    public SuturePullTest(SuturePull test, FactValues facts, int threads, double edgeMm = 2)
    {
        this.test = test;
        this.facts = facts;
        this.edgeMm = edgeMm;
        this.threads = threads;
        parameters = TissueParameters.For(new PatientDescription { AgeYears = facts.Value("tissue.reference-age", "year"), Sex = Sex.Female, Laxity = Laxity.Moderate }, facts);
        model = Block();
        volumes = model.Mesh.LumpedVolumes();
    }

    /// <summary>Length of the suture in the tissue, mm.</summary>
    private double LengthMm => test.Count * test.SpacingMm;

    /// <summary>Pulls.</summary>
    /// <param name="forceN">The pull, N.</param>
    public PullOutcome Pull(double forceN)
    {
        ThreadDefinition suture = Suture(forceN);
        var system = new ThreadSystem(model.Mesh.NodeCount, [suture]);
        var displacement = new double[3 * model.Mesh.NodeCount];
        new EquilibriumSolver(model, system, new EquilibriumOptions { Tolerance = 1e-7, Threads = threads }).Solve(displacement);
        system.Commit(displacement);
        ThreadReport report = system.Report(0);
        return new PullOutcome(-report.CableMm[0], report.PulledThrough, report.SlippedBarbs);
    }

    private ThreadDefinition Suture(double forceN)
    {
        double depth = test.SmasMm + (test.SuperficialFatMm / 2);
        var course = new EmbeddedThread([new Vector3D(-LengthMm / 2, 0, depth), new Vector3D(LengthMm / 2, 0, depth)]);
        ThreadStation[] stations = course.LayOut(1 / test.SpacingMm, bidirectional: false, anchored: false, largestGapMm: test.SpacingMm);
        double radius = BarbGrasp.EffectiveRadiusMm(test.Barbs, facts);
        var shape = new KernelShape(BarbGrasp.KernelRadiusInEdges * edgeMm, Math.Max(radius, test.SuperficialFatMm / 2), Vector3D.UnitZ);
        KernelWeights[] weights = [.. stations.Select(station => KernelWeights.Build(model.Mesh.Coordinates, volumes, course.PointAt(station.AxialMm), shape))];
        StiffeningMedium medium = parameters.Layers[(int)TissueLayer.SuperficialFat].Medium;
        PolymerProperties polymer = PolymerProperties.For(test.Material, test.DiameterMm, test.Barbs == BarbKind.Cut, facts);
        double holding = BarbGrasp.HoldingOnDayZero(test.Barbs, facts);
        double bond = BarbGrasp.BondStiffness(test.Barbs, facts);
        return new ThreadDefinition
        {
            Id = test.Name,
            Stations = stations,
            Weights = weights,
            AxialStiffnessN = polymer.AxialStiffnessN,
            StrengthN = polymer.StrengthN,
            HoldingN = [.. Enumerable.Repeat(holding, test.Count)],
            BondStiffnessNPerMm = [.. Enumerable.Repeat(bond, test.Count)],
            NearField = HiddenCompliance.Curves(stations, weights, model.Mesh.Coordinates, volumes, radius, [.. Enumerable.Repeat(medium, test.Count)], holding),
            SlidingFraction = facts.Value("barb.sliding-share", "1"),
            PullN = forceN,
        };
    }

    private SolidModel Block()
    {
        const double Beyond = 30;
        const double Growth = 1.25;
        double[] along = Lines(LengthMm / 2, Beyond, Growth), across = Lines(0, Beyond, Growth);
        (double[] heights, TissueLayer[] layers) = Levels();
        int rows = across.Length, levels = heights.Length;
        int Node(int i, int j, int k) => (((i * rows) + j) * levels) + k;
        var nodes = new Vector3D[along.Length * rows * levels];
        var connectivity = new List<int>();
        var layerOf = new List<TissueLayer>();
        for (int i = 0; i < along.Length; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int k = 0; k < levels; k++)
                {
                    nodes[Node(i, j, k)] = new Vector3D(along[i], across[j], heights[k]);
                    if (i + 1 < along.Length && j + 1 < rows && k + 1 < levels)
                    {
                        connectivity.AddRange([
                            Node(i, j, k), Node(i + 1, j, k), Node(i + 1, j + 1, k), Node(i, j + 1, k),
                            Node(i, j, k + 1), Node(i + 1, j, k + 1), Node(i + 1, j + 1, k + 1), Node(i, j + 1, k + 1)]);
                        layerOf.Add(layers[k]);
                    }
                }
            }
        }

        var block = new SolidModel(new SolidMesh(nodes, [new ElementBlock(ElementKind.Hex8, [.. connectivity])])) { IsotropicStiffening = new double[layerOf.Count] };
        for (int element = 0; element < layerOf.Count; element++)
        {
            LayerParameters layer = parameters.Layers[(int)layerOf[element]];
            block.SetNeoHookean(element, layer.ShearModulusMPa, parameters.BulkModulusMPa(layerOf[element]));
            block.IsotropicStiffening[element] = layer.StiffeningMPa;
        }

        for (int i = 0; i < along.Length; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                if (i == 0 || j == 0 || i == along.Length - 1 || j == rows - 1)
                {
                    for (int k = 0; k < levels; k++)
                    {
                        block.FixNode(Node(i, j, k));
                    }

                    continue;
                }

                double area = (along[i + 1] - along[i - 1]) * (across[j + 1] - across[j - 1]) / 4;
                Span<double> spring = block.SpringStiffness.AsSpan(6 * Node(i, j, 0), 3);
                (spring[0], spring[1], spring[2]) = (area * parameters.FoundationTangential, area * parameters.FoundationTangential, area * parameters.FoundationNormal);
            }
        }

        return block;
    }

    /// <summary>Lines of the mesh: even over the suture and a little beyond, then further and further apart; symmetric about 0.</summary>
    private double[] Lines(double half, double beyond, double growth)
    {
        double even = half + (3 * edgeMm);
        int cells = (int)Math.Ceiling(even / edgeMm);
        var right = new List<double>(Enumerable.Range(1, cells).Select(cell => cell * even / cells));
        double step = even / cells;
        while (right[^1] < half + beyond)
        {
            step *= growth;
            right.Add(right[^1] + step);
        }

        return [.. right.Select(value => -value).Reverse(), 0, .. right];
    }

    private (double[] Heights, TissueLayer[] Layers) Levels()
    {
        var heights = new List<double> { 0 };
        var layers = new List<TissueLayer>();
        foreach ((TissueLayer layer, double thickness, int cells) in (ReadOnlySpan<(TissueLayer, double, int)>)
            [(TissueLayer.Smas, test.SmasMm, 2), (TissueLayer.SuperficialFat, test.SuperficialFatMm, 4), (TissueLayer.Skin, test.SkinMm, 2)])
        {
            for (int cell = 0; cell < cells; cell++)
            {
                heights.Add(heights[^1] + (thickness / cells));
                layers.Add(layer);
            }
        }

        return ([.. heights], [.. layers]);
    }
}
