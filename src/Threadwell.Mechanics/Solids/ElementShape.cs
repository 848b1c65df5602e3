namespace Threadwell.Mechanics.Solids;

/// <summary>
/// Shape functions of the parent elements at their integration points. Bricks: corners at (+-1, +-1, +-1), Gauss points at
/// 1/sqrt(3). Wedges: triangle coordinates (r, s), points (1/6, 1/6), (2/3, 1/6), (1/6, 2/3) of degree 2, times two Gauss points in t.
/// Tetrahedra: the centroid. (Hughes, The Finite Element Method, chapter 3.)
/// </summary>
internal static class ElementShape
{
    private static readonly double Gauss = 1 / Math.Sqrt(3);

    public static int NodeCount(ElementKind kind) => kind switch
    {
        ElementKind.Tet4 => 4,
        ElementKind.Wedge6 => 6,
        ElementKind.Hex8 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static int PointCount(ElementKind kind) => kind switch
    {
        ElementKind.Tet4 => 1,
        ElementKind.Wedge6 => 6,
        ElementKind.Hex8 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// Values and parent derivatives at every integration point: <c>values[point * nodes + node]</c>,
    /// <c>derivatives[(point * nodes + node) * 3 + direction]</c>, and the weights.
    /// </summary>
    public static (double[] Values, double[] Derivatives, double[] Weights) AtPoints(ElementKind kind)
    {
        int nodes = NodeCount(kind);
        int points = PointCount(kind);
        var values = new double[points * nodes];
        var derivatives = new double[points * nodes * 3];
        var weights = new double[points];
        for (int point = 0; point < points; point++)
        {
            Span<double> value = values.AsSpan(point * nodes, nodes);
            Span<double> derivative = derivatives.AsSpan(point * nodes * 3, nodes * 3);
            weights[point] = kind switch
            {
                ElementKind.Tet4 => Tet(value, derivative),
                ElementKind.Wedge6 => Wedge(point, value, derivative),
                _ => Hex(point, value, derivative),
            };
        }

        return (values, derivatives, weights);
    }

    private static double Tet(Span<double> value, Span<double> derivative)
    {
        value.Fill(0.25);
        derivative.Clear();
        for (int direction = 0; direction < 3; direction++)
        {
            derivative[direction] = -1;
            derivative[((direction + 1) * 3) + direction] = 1;
        }

        return 1.0 / 6;
    }

    private static double Wedge(int point, Span<double> value, Span<double> derivative)
    {
        int corner = point % 3;
        double r = corner == 1 ? 2.0 / 3 : 1.0 / 6;
        double s = corner == 2 ? 2.0 / 3 : 1.0 / 6;
        double t = point < 3 ? -Gauss : Gauss;
        ReadOnlySpan<double> area = [1 - r - s, r, s];
        ReadOnlySpan<double> byR = [-1, 1, 0];
        ReadOnlySpan<double> byS = [-1, 0, 1];
        for (int node = 0; node < 6; node++)
        {
            double sign = node < 3 ? -1 : 1;
            double along = 0.5 * (1 + (sign * t));
            value[node] = area[node % 3] * along;
            derivative[node * 3] = byR[node % 3] * along;
            derivative[(node * 3) + 1] = byS[node % 3] * along;
            derivative[(node * 3) + 2] = area[node % 3] * 0.5 * sign;
        }

        return 1.0 / 6;
    }

    private static double Hex(int point, Span<double> value, Span<double> derivative)
    {
        ReadOnlySpan<double> signR = [-1, 1, 1, -1, -1, 1, 1, -1];
        ReadOnlySpan<double> signS = [-1, -1, 1, 1, -1, -1, 1, 1];
        ReadOnlySpan<double> signT = [-1, -1, -1, -1, 1, 1, 1, 1];
        double r = signR[point] * Gauss;
        double s = signS[point] * Gauss;
        double t = signT[point] * Gauss;
        for (int node = 0; node < 8; node++)
        {
            double nr = 1 + (signR[node] * r);
            double ns = 1 + (signS[node] * s);
            double nt = 1 + (signT[node] * t);
            value[node] = 0.125 * nr * ns * nt;
            derivative[node * 3] = 0.125 * signR[node] * ns * nt;
            derivative[(node * 3) + 1] = 0.125 * nr * signS[node] * nt;
            derivative[(node * 3) + 2] = 0.125 * nr * ns * signT[node];
        }

        return 1;
    }
}
