using Threadwell.Anatomy;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>
/// The skin within reach of the dermal response to the threads, and the tissue under it: where support is measured. Concentrations are linear in the masses of the
/// deposits, so one table per layer and one per column serve all times.
/// </summary>
internal sealed class TreatedPatch
{
    private readonly double[][] perLayer;
    private readonly double[][] perColumn;

    /// <summary>Finds the patch and tabulates the deposits over it.</summary>
    /// <param name="mechanics">The tissue.</param>
    /// <param name="deposition">The deposits on its points.</param>
    /// <param name="volumes">Volume of each integration point, mm³.</param>
    /// <param name="facts">Values to go by.</param>
    public TreatedPatch(TissueMechanics mechanics, CollagenDeposition deposition, double[] volumes, FactValues facts)
    {
        LayeredTissue tissue = mechanics.Tissue;
        bool[] treated = TreatedTriangles(tissue, deposition.Deposits, facts.Value("tissue.deposition-dermal-radius", "mm"));
        int layers = Enum.GetValues<TissueLayer>().Length;
        var layerVolume = new double[layers];
        var columnVolume = new double[tissue.ColumnCount];
        perLayer = [.. deposition.Deposits.Select(_ => new double[layers])];
        perColumn = [.. deposition.Deposits.Select(_ => new double[tissue.ColumnCount])];
        var thickness = new double[layers];
        for (int wedge = 0; wedge < mechanics.Mesh.ElementCount; wedge++)
        {
            int triangle = wedge / tissue.CellCount;
            if (treated[triangle])
            {
                layerVolume[(int)mechanics.LayerOf(wedge)] += mechanics.Mesh.ElementVolume[wedge];
            }

            for (int corner = 0; corner < 3; corner++)
            {
                columnVolume[tissue.Skin.Triangles[(3 * triangle) + corner]] += mechanics.Mesh.ElementVolume[wedge] / 3;
            }
        }

        var unit = new double[deposition.Deposits.Count];
        var concentration = new double[mechanics.Mesh.PointCount];
        for (int deposit = 0; deposit < unit.Length; deposit++)
        {
            Array.Clear(unit);
            unit[deposit] = 1;
            deposition.Concentrations(unit, concentration);
            for (int wedge = 0; wedge < mechanics.Mesh.ElementCount; wedge++)
            {
                double mass = 0;
                for (int point = mechanics.Mesh.PointStart[wedge]; point < mechanics.Mesh.PointStart[wedge + 1]; point++)
                {
                    mass += concentration[point] * volumes[point];
                }

                if (mass == 0)
                {
                    continue;
                }

                int triangle = wedge / tissue.CellCount;
                int layer = (int)mechanics.LayerOf(wedge);
                perLayer[deposit][layer] += treated[triangle] ? mass / layerVolume[layer] : 0;
                for (int corner = 0; corner < 3; corner++)
                {
                    int column = tissue.Skin.Triangles[(3 * triangle) + corner];
                    perColumn[deposit][column] += mass / 3 / columnVolume[column];
                }
            }
        }

        double area = 0;
        for (int triangle = 0; triangle < treated.Length; triangle++)
        {
            area += treated[triangle] ? tissue.Skin.TriangleAreaVector(triangle).Length : 0;
        }

        for (int layer = 0; layer < layers; layer++)
        {
            thickness[layer] = layerVolume[layer] / area;
        }

        ThicknessMm = thickness;
    }

    /// <summary>Mean thickness of each layer in the patch, mm, indexed by <see cref="TissueLayer"/>.</summary>
    public IReadOnlyList<double> ThicknessMm { get; }

    /// <summary>Number of deposits, whose masses <see cref="InLayer"/> takes.</summary>
    public int DepositCount => perLayer.Length;

    /// <summary>Mean concentration in one layer of the patch, mg/mm³.</summary>
    /// <param name="layer">Layer.</param>
    /// <param name="massPerLength">Mass per length of each deposit, mg/mm.</param>
    public double InLayer(TissueLayer layer, ReadOnlySpan<double> massPerLength)
    {
        double sum = 0;
        for (int deposit = 0; deposit < perLayer.Length; deposit++)
        {
            sum += massPerLength[deposit] * perLayer[deposit][(int)layer];
        }

        return sum;
    }

    /// <summary>Mean concentration under each column, mg/mm³.</summary>
    /// <param name="massPerLength">Mass per length of each deposit, mg/mm.</param>
    public double[] UnderColumns(ReadOnlySpan<double> massPerLength)
    {
        var sum = new double[perColumn.Length == 0 ? 0 : perColumn[0].Length];
        for (int deposit = 0; deposit < perColumn.Length; deposit++)
        {
            for (int column = 0; column < sum.Length; column++)
            {
                sum[column] += massPerLength[deposit] * perColumn[deposit][column];
            }
        }

        return sum;
    }

    private static bool[] TreatedTriangles(LayeredTissue tissue, IReadOnlyList<Deposit> deposits, double reachMm)
    {
        // Without threads the whole region stands in, so that the untreated curve is still measured.
        if (deposits.Count == 0)
        {
            return [.. Enumerable.Repeat(true, tissue.Skin.TriangleCount)];
        }

        var centres = new Vector3D[tissue.Skin.TriangleCount];
        int[] corners = tissue.Skin.Triangles;
        for (int triangle = 0; triangle < centres.Length; triangle++)
        {
            centres[triangle] = (tissue.Skin.Positions[corners[3 * triangle]] + tissue.Skin.Positions[corners[(3 * triangle) + 1]]
                + tissue.Skin.Positions[corners[(3 * triangle) + 2]]) / 3;
        }

        var grid = new PointGrid(centres, Math.Max(reachMm, tissue.EdgeLengthMm));
        var treated = new bool[centres.Length];
        foreach (Vector3D sample in deposits.SelectMany(deposit => deposit.Samples))
        {
            grid.ForEach(sample, reachMm, (triangle, _) => treated[triangle] = true);
        }

        // Triangles wider than the reach may have no centre within it: those right above the threads belong to the patch on any mesh.
        foreach (Vector3D sample in deposits.SelectMany(deposit => deposit.Samples))
        {
            treated[grid.Nearest(sample)] = true;
        }

        return treated;
    }
}
