using Threadwell.Geometry;

namespace Threadwell.Prediction;

/// <summary>A stretch of thread that lays down new tissue at one rate: all barbs of a thread, or all that lies between them.</summary>
/// <param name="Thread">Index of the thread in the plan.</param>
/// <param name="AtBarb">Whether this is the tissue at barbs.</param>
/// <param name="Samples">Points along it inside the tissue, mm.</param>
/// <param name="Directions">Unit tangent of the thread at each sample.</param>
/// <param name="LengthsMm">Length of thread that each sample stands for, mm.</param>
internal sealed record Deposit(int Thread, bool AtBarb, Vector3D[] Samples, Vector3D[] Directions, double[] LengthsMm);

/// <summary>
/// Spreads what is laid down along threads over the tissue's integration points. Each millimetre of thread gives all of its mass
/// (the kernel is normalised to the points it reaches), so the mass does not depend on the mesh. A share goes to the dermis above the
/// thread, which responds though the thread lies below it; the rest stays round the thread.
/// </summary>
internal sealed class CollagenDeposition
{
    private readonly int[][] pointsOf;
    private readonly double[][] concentrationOf;

    /// <summary>Spreads deposits over points.</summary>
    /// <param name="deposits">The deposits.</param>
    /// <param name="positions">Integration points, mm.</param>
    /// <param name="volumes">Volume that each point stands for, mm³.</param>
    /// <param name="inSkin">Whether a point lies in the skin.</param>
    /// <param name="radiusMm">Reach of the deposit round the thread, mm.</param>
    /// <param name="dermalShare">Share of the mass that goes to the skin above.</param>
    /// <param name="dermalRadiusMm">Reach of the dermal response, mm.</param>
    public CollagenDeposition(
        IReadOnlyList<Deposit> deposits, Vector3D[] positions, double[] volumes, bool[] inSkin, double radiusMm, double dermalShare, double dermalRadiusMm)
    {
        Deposits = deposits;
        pointsOf = new int[deposits.Count][];
        concentrationOf = new double[deposits.Count][];
        var directions = new Vector3D[positions.Length];
        var grid = new PointGrid(positions, Math.Max(radiusMm, dermalRadiusMm));
        var concentration = new double[positions.Length];
        for (int index = 0; index < deposits.Count; index++)
        {
            Deposit deposit = deposits[index];
            Array.Clear(concentration);
            for (int sample = 0; sample < deposit.Samples.Length; sample++)
            {
                Vector3D at = deposit.Samples[sample];
                double dermal = grid.Any(at, dermalRadiusMm, point => inSkin[point]) ? dermalShare : 0;
                double length = deposit.LengthsMm[sample];
                Spread(grid, at, radiusMm, _ => true, (1 - dermal) * length, volumes, concentration, (point, mass) => directions[point] += mass * deposit.Directions[sample]);
                if (dermal > 0)
                {
                    Spread(grid, at, dermalRadiusMm, point => inSkin[point], dermal * length, volumes, concentration, (_, _) => { });
                }
            }

            pointsOf[index] = [.. Enumerable.Range(0, positions.Length).Where(point => concentration[point] > 0)];
            concentrationOf[index] = [.. pointsOf[index].Select(point => concentration[point])];
        }

        Direction = [.. directions.Select(direction => direction.Normalized())];
    }

    /// <summary>The deposits in the order of the masses that <see cref="Concentrations"/> takes.</summary>
    public IReadOnlyList<Deposit> Deposits { get; }

    /// <summary>Unit direction of the threads round each point; zero where none reaches.</summary>
    public Vector3D[] Direction { get; }

    /// <summary>Concentration at each point, mg/mm³, of given masses per length of thread.</summary>
    /// <param name="massPerLength">Mass per length of thread of each deposit, mg/mm.</param>
    /// <param name="concentration">Receives the concentrations, mg/mm³.</param>
    public void Concentrations(ReadOnlySpan<double> massPerLength, Span<double> concentration)
    {
        concentration.Clear();
        for (int index = 0; index < pointsOf.Length; index++)
        {
            int[] points = pointsOf[index];
            double[] perMass = concentrationOf[index];
            for (int entry = 0; entry < points.Length; entry++)
            {
                concentration[points[entry]] += massPerLength[index] * perMass[entry];
            }
        }
    }

    private static void Spread(
        PointGrid grid, Vector3D at, double radius, Func<int, bool> takes, double mass, double[] volumes, double[] concentration, Action<int, double> received)
    {
        // A coarse mesh may have no point within the radius: the reach grows until some tissue takes the mass.
        for (double reach = radius; ; reach *= 1.5)
        {
            double total = 0;
            grid.ForEach(at, reach, (point, distance) => total += takes(point) ? volumes[point] * Kernel(distance / reach) : 0);
            if (total <= 0)
            {
                continue;
            }

            grid.ForEach(at, reach, (point, distance) =>
            {
                if (takes(point))
                {
                    double share = Kernel(distance / reach) * mass / total;
                    concentration[point] += share;
                    received(point, share * volumes[point]);
                }
            });
            return;
        }
    }

    // Smooth and compact: (1 - q²)², so that a point entering the reach enters with weight zero.
    private static double Kernel(double q) => q < 1 ? Math.Pow(1 - (q * q), 2) : 0;
}
