using Threadwell.Geometry;

namespace Threadwell.Anatomy.Tissue;

/// <summary>What the extrusion made of a skin surface.</summary>
/// <param name="Skin">The skin, moved only where it folded too sharply for columns to stand under it.</param>
/// <param name="Nodes">Nodes by column and level, mm.</param>
/// <param name="ThicknessFactor">Share of the wanted thickness that each column has; 1 where nothing had to give.</param>
internal sealed record ExtrudedColumns(TriangleMesh Skin, Vector3D[] Nodes, double[] ThicknessFactor);

/// <summary>
/// Extrudes a skin surface inwards into straight columns of cells, without a wedge that is turned inside out or a sliver. Columns
/// follow smoothed normals. Where the surface is more curved than the tissue is thick, the columns become shorter, gradually; where
/// it folds so sharply that no direction stands in front of all triangles, the skin itself is faired. The repair repeats until every
/// wedge reaches the wanted scaled Jacobian.
/// </summary>
internal sealed class ColumnExtrusion
{
    /// <summary>Scaled Jacobian that the repair aims at: a little above the bound that is promised.</summary>
    private const double AimedScaledJacobian = 0.25;

    /// <summary>Share of its length at the skin that a surface edge keeps at the deep fascia.</summary>
    private const double LeastDeepEdge = 0.3;

    /// <summary>Largest change of thickness along the surface, mm a mm, where thickness had to give.</summary>
    private const double LargestThicknessSlope = 0.4;

    private const double ShortenBy = 0.8;

    /// <summary>Share of the wanted thickness below which a column is not shortened; its skin is faired instead.</summary>
    private const double LeastThicknessFactor = 0.2;
    private const int Rounds = 120;

    /// <summary>Rounds after which the promised bound is enough.</summary>
    private const int PatientRounds = 40;

    private readonly int[] triangles;
    private readonly SurfaceTopology topology;
    private readonly double[] wanted;
    private readonly double[] wantedTotal;
    private readonly double[] allowed;
    private readonly double[] total;
    private readonly int smoothingSteps;
    private readonly int levels = LayerCells.LevelCount;
    private readonly SkinFairing fairing;
    private readonly Vector3D[] positions;
    private Vector3D[] directions = [];

    private ColumnExtrusion(TriangleMesh skin, double[] layerThickness, double edgeLength)
    {
        triangles = skin.Triangles;
        positions = [.. skin.Positions];
        topology = new SurfaceTopology(skin);
        fairing = new SkinFairing(triangles, topology, edgeLength);
        wanted = layerThickness;
        wantedTotal = new double[skin.VertexCount];
        double mean = 0;
        for (int column = 0; column < wantedTotal.Length; column++)
        {
            foreach (double layer in layerThickness.AsSpan(column * LayerCells.LayerCount, LayerCells.LayerCount))
            {
                wantedTotal[column] += layer;
            }

            mean += wantedTotal[column] / wantedTotal.Length;
        }

        allowed = [.. wantedTotal];
        total = [.. wantedTotal];

        // A step of averaging spreads by about 0.6 edges, n steps by the root of n: reach about half of the thickness.
        smoothingSteps = Math.Clamp((int)Math.Round(Math.Pow(0.8 * mean / edgeLength, 2)), 2, 200);
    }

    /// <summary>Extrudes a surface.</summary>
    /// <param name="skin">Remeshed skin.</param>
    /// <param name="layerThickness">Wanted thickness in mm: for each column the layers of <see cref="LayerCells.Layers"/>.</param>
    /// <param name="edgeLength">Mean edge length of the skin, mm.</param>
    /// <param name="scanName">What an error message names as the source of the skin.</param>
    /// <exception cref="InvalidInputException">A place where no repair reached the bound; its coordinates are in the message.</exception>
    public static ExtrudedColumns Extrude(TriangleMesh skin, double[] layerThickness, double edgeLength, string scanName) =>
        new ColumnExtrusion(skin, layerThickness, edgeLength).Run(scanName);

    private ExtrudedColumns Run(string scanName)
    {
        var nodes = new Vector3D[positions.Length * levels];
        bool[] shorten = new bool[positions.Length];
        bool[] fair = new bool[positions.Length];
        Vector3D place = Vector3D.Zero;
        for (int round = 0; round < Rounds; round++)
        {
            directions = ColumnDirections.Compute(positions, triangles, topology, smoothingSteps);
            LimitThickness();
            PlaceNodes(nodes);
            Array.Clear(shorten);
            Array.Clear(fair);
            (double worst, place) = Judge(nodes, shorten, fair);
            if (worst >= (round < PatientRounds ? AimedScaledJacobian : TissueBuilder.SmallestAllowedScaledJacobian))
            {
                return Result(nodes);
            }

            for (int column = 0; column < total.Length; column++)
            {
                if (shorten[column])
                {
                    double floor = LeastThicknessFactor * wantedTotal[column];
                    fair[column] |= total[column] <= floor;
                    allowed[column] = Math.Max(floor, ShortenBy * total[column]);
                }
            }

            fairing.Move(fair, positions, directions);
        }

        throw new InvalidInputException(
            scanName,
            FormattableString.Invariant($"skin near ({place.X:F1}, {place.Y:F1}, {place.Z:F1}) mm"),
            "the surface folds too sharply to build tissue under it; smooth the scan there or plan the threads further away");
    }

    private ExtrudedColumns Result(Vector3D[] nodes)
    {
        double[] factor = new double[total.Length];
        for (int column = 0; column < factor.Length; column++)
        {
            factor[column] = total[column] / wantedTotal[column];
        }

        return new ExtrudedColumns(new TriangleMesh(positions, triangles), nodes, factor);
    }

    /// <summary>Shortens columns that would meet before the deep fascia, and grades the lengths along the surface.</summary>
    private void LimitThickness()
    {
        for (int column = 0; column < total.Length; column++)
        {
            double limit = Math.Min(wantedTotal[column], allowed[column]);
            foreach (int neighbour in topology.Neighbours(column))
            {
                Vector3D edge = positions[neighbour] - positions[column];
                double closing = Vector3D.Dot(directions[neighbour] - directions[column], edge) / Math.Max(edge.LengthSquared, 1e-12);
                if (closing > 0)
                {
                    limit = Math.Min(limit, (1 - LeastDeepEdge) / closing);
                }
            }

            total[column] = limit;
        }

        Grade();
    }

    /// <summary>Lowers lengths to the largest graded field below them: shortest paths from all columns at once.</summary>
    private void Grade()
    {
        var queue = new PriorityQueue<int, (double, int)>();
        for (int column = 0; column < total.Length; column++)
        {
            if (total[column] < wantedTotal[column])
            {
                queue.Enqueue(column, (total[column], column));
            }
        }

        while (queue.TryDequeue(out int column, out (double Length, int) key))
        {
            if (key.Length > total[column])
            {
                continue;
            }

            foreach (int neighbour in topology.Neighbours(column))
            {
                double reach = total[column] + (LargestThicknessSlope * Vector3D.Distance(positions[column], positions[neighbour]));
                if (reach < total[neighbour])
                {
                    total[neighbour] = reach;
                    queue.Enqueue(neighbour, (reach, neighbour));
                }
            }
        }
    }

    /// <summary>Places the nodes: the skin keeps its thickness down to half of a shortened column, the layers below share the rest.</summary>
    private void PlaceNodes(Vector3D[] nodes)
    {
        Span<double> layers = stackalloc double[LayerCells.LayerCount];
        for (int column = 0; column < positions.Length; column++)
        {
            ShortenLayers(column, layers);
            int level = levels - 1;
            double depth = 0;
            nodes[(column * levels) + level] = positions[column];
            for (int layer = LayerCells.LayerCount - 1; layer >= 0; layer--)
            {
                int cells = LayerCells.Count(LayerCells.Layers[layer]);
                for (int cell = 1; cell <= cells; cell++)
                {
                    level--;
                    nodes[(column * levels) + level] = positions[column] - ((depth + (layers[layer] * cell / cells)) * directions[column]);
                }

                depth += layers[layer];
            }
        }
    }

    private void ShortenLayers(int column, Span<double> layers)
    {
        ReadOnlySpan<double> source = wanted.AsSpan(column * LayerCells.LayerCount, LayerCells.LayerCount);
        const int Skin = LayerCells.LayerCount - 1;
        layers[Skin] = Math.Min(source[Skin], total[column] / 2);
        double below = wantedTotal[column] - source[Skin];
        for (int layer = 0; layer < Skin; layer++)
        {
            layers[layer] = source[layer] * (total[column] - layers[Skin]) / below;
        }
    }

    /// <summary>Marks the columns of poor wedges: to be shortened, or to have their skin faired where even a thin wedge would be poor.</summary>
    private (double Worst, Vector3D Place) Judge(Vector3D[] nodes, bool[] shorten, bool[] fair)
    {
        double worst = double.PositiveInfinity;
        Vector3D place = Vector3D.Zero;
        Span<Vector3D> corners = stackalloc Vector3D[6];
        for (int slot = 0; slot < triangles.Length; slot += 3)
        {
            ReadOnlySpan<int> columns = triangles.AsSpan(slot, 3);
            double smallest = double.PositiveInfinity;
            for (int cell = 0; cell < levels - 1; cell++)
            {
                for (int corner = 0; corner < 3; corner++)
                {
                    corners[corner] = nodes[(columns[corner] * levels) + cell];
                    corners[corner + 3] = nodes[(columns[corner] * levels) + cell + 1];
                }

                smallest = Math.Min(smallest, TissueQuality.ScaledJacobian(corners));
            }

            if (!(smallest >= worst))
            {
                worst = smallest;
                place = positions[columns[0]];
            }

            if (smallest >= AimedScaledJacobian)
            {
                continue;
            }

            bool[] marks = IsPoorAtTheSkin(columns) ? fair : shorten;
            foreach (int column in columns)
            {
                marks[column] = true;
            }
        }

        return (worst, place);
    }

    private bool IsPoorAtTheSkin(ReadOnlySpan<int> columns)
    {
        const double Thin = 1e-3;
        Span<Vector3D> corners = stackalloc Vector3D[6];
        for (int corner = 0; corner < 3; corner++)
        {
            corners[corner + 3] = positions[columns[corner]];
            corners[corner] = positions[columns[corner]] - (Thin * directions[columns[corner]]);
        }

        return TissueQuality.ScaledJacobian(corners) < 1.1 * AimedScaledJacobian;
    }
}
