namespace Threadwell.Geometry;

/// <summary>Curves of straight pieces.</summary>
public static class Polyline
{
    /// <summary>Length in mm.</summary>
    public static double Length(IReadOnlyList<Vector3D> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        double sum = 0;
        for (int i = 1; i < points.Count; i++)
        {
            sum += Vector3D.Distance(points[i - 1], points[i]);
        }

        return sum;
    }

    /// <summary>The point of a curve nearest to a point.</summary>
    /// <param name="points">At least one point, mm.</param>
    /// <param name="point">The point, mm.</param>
    /// <returns>Distance, mm; index of the piece's first point, and the share of the piece before the nearest point, 0 to 1.</returns>
    public static (double Distance, int Piece, double Share) NearestTo(IReadOnlyList<Vector3D> points, Vector3D point)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfZero(points.Count, nameof(points));
        (double Distance, int Piece, double Share) best = (Vector3D.Distance(point, points[0]), 0, 0);
        for (int piece = 0; piece + 1 < points.Count; piece++)
        {
            Vector3D along = points[piece + 1] - points[piece];
            double share = along.LengthSquared > 0 ? Math.Clamp(Vector3D.Dot(point - points[piece], along) / along.LengthSquared, 0, 1) : 0;
            double distance = Vector3D.Distance(point, points[piece] + (share * along));
            best = distance < best.Distance ? (distance, piece, share) : best;
        }

        return best;
    }

    /// <summary>Points at equal arc length along a curve, the ends included.</summary>
    /// <param name="points">At least one point, mm.</param>
    /// <param name="step">Largest spacing, mm; the spacing is made equal by rounding the number of pieces up.</param>
    /// <returns>The points; a curve without length gives its first point alone.</returns>
    public static Vector3D[] Resample(IReadOnlyList<Vector3D> points, double step)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfZero(points.Count, nameof(points));
        double length = Length(points);
        if (!(length > 0))
        {
            return [points[0]];
        }

        // A whole number of steps must not gain a piece by rounding.
        int pieces = Math.Max(1, (int)Math.Ceiling((length / step) - 1e-9));
        var sampled = new Vector3D[pieces + 1];
        sampled[0] = points[0];
        sampled[pieces] = points[^1];
        int segment = 1;
        double passed = 0;
        for (int i = 1; i < pieces; i++)
        {
            double wanted = length * i / pieces;
            double piece = Vector3D.Distance(points[segment - 1], points[segment]);
            while (passed + piece < wanted && segment < points.Count - 1)
            {
                passed += piece;
                segment++;
                piece = Vector3D.Distance(points[segment - 1], points[segment]);
            }

            sampled[i] = Vector3D.Lerp(points[segment - 1], points[segment], piece > 0 ? Math.Min(1, (wanted - passed) / piece) : 0);
        }

        return sampled;
    }
}
