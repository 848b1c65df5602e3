namespace Threadwell.Mechanics.Threads;

/// <summary>
/// Closed forms of what a kernel wider than a barb hides: the extra displacement of the tissue at the barb itself, as a compliance
/// (mm/N) in series with the bond. They are the limits of <see cref="HiddenCompliance"/>, which also knows the mesh. Tissue near the barb is taken as homogeneous, incompressible and unbounded with shear modulus mu, where a
/// point force F moves points at distance r along its own line by F / (4 pi mu r), and by F / (6 pi mu r) in the mean over all
/// directions (Kelvin's solution). A barb is a small sphere of radius a, which moves by F / (6 pi mu a).
/// Derivations: docs/theory/threads.md.
/// </summary>
public static class NearField
{
    // Plane marginal of the normalised kernel: p(z) = 35/32 (1 - z²)³ on |z| < 1.
    private const double MarginalScale = 35.0 / 32;

    /// <summary>
    /// Autocorrelation of the marginal at zero, (35/32)² times the integral of (1 - z²)⁶. A spherical kernel's radius is twice this
    /// number times its effective radius.
    /// </summary>
    private const double MarginalSquared = 350.0 / 429;

    private const int QuadraturePoints = 48;

    private static readonly (double[] Point, double[] Weight) s_axis = GaussLegendre(QuadraturePoints);

    // Degree 12 in z, so seven points are exact.
    private static readonly (double[] Point, double[] Weight) s_overlap = GaussLegendre(7);

    /// <summary>Compliance hidden at a lone barb, (1/a - 1/R) / (6 pi mu), mm/N.</summary>
    /// <param name="barbRadius">a, mm.</param>
    /// <param name="effectiveRadius">R of <see cref="EffectiveRadius"/>, mm.</param>
    /// <param name="shearModulus">mu, MPa.</param>
    public static double PointCompliance(double barbRadius, double effectiveRadius, double shearModulus) =>
        ((1 / barbRadius) - (1 / effectiveRadius)) / (6 * Math.PI * shearModulus);

    /// <summary>
    /// Compliance hidden at each of a long row of equally loaded barbs closer than the radius, ln(R/a) / (2 pi mu s), mm/N; some 5 %
    /// above the sum over the row, because in a row the kernel acts as a slightly narrower one.
    /// </summary>
    /// <param name="barbRadius">a, mm.</param>
    /// <param name="effectiveRadius">R, mm.</param>
    /// <param name="spacing">s, mm.</param>
    /// <param name="shearModulus">mu, MPa.</param>
    public static double RowCompliance(double barbRadius, double effectiveRadius, double spacing, double shearModulus) =>
        Math.Log(effectiveRadius / barbRadius) / (2 * Math.PI * shearModulus * spacing);

    /// <summary>
    /// Radius R (mm) of the sphere that a kernel acts like: a force in the plane of the skin, spread by the kernel, moves the kernel
    /// average of the tissue by F / (6 pi mu R). For a spherical kernel of radius r it is 0.6128 r.
    /// </summary>
    public static double EffectiveRadius(KernelShape shape)
    {
        double ratio = shape.InPlaneRadius / shape.NormalRadius;
        double b = (ratio * ratio) - 1;

        // Integrals over c in 0..1 of 1 / (1 + b c²) and of its square.
        double first = Math.Abs(b) < 1e-4 ? 1 - (b / 3)
            : b > 0 ? Math.Atan(Math.Sqrt(b)) / Math.Sqrt(b)
            : Math.Atanh(Math.Sqrt(-b)) / Math.Sqrt(-b);
        double second = 0.5 * ((1 / (1 + b)) + first);
        double third = Math.Abs(b) < 1e-4 ? (1.0 / 3) - (2 * b / 5) : (first - second) / b;
        double inverse = 1.5 / shape.NormalRadius * (first - (0.5 * second) + (0.5 * third));
        return 1 / (2 * MarginalSquared * inverse);
    }

    /// <summary>
    /// Kernel average of the displacement along the thread at one station for a unit force spread by the same kernel at another, in
    /// the unbounded incompressible medium, mm/N. At distance zero it is 1 / (6 pi mu R).
    /// </summary>
    /// <param name="shape">Kernel of both; the thread lies in its plane.</param>
    /// <param name="distance">Distance of the stations along the thread, mm.</param>
    /// <param name="shearModulus">mu, MPa.</param>
    public static double SpreadCompliance(KernelShape shape, double distance, double shearModulus)
    {
        // Fourier integral in kernel units with the thread as polar axis: the radial part is the autocorrelation of the marginal,
        // the azimuth is elementary, and u = cos(polar angle) remains.
        double inPlane = 1 / (shape.InPlaneRadius * shape.InPlaneRadius), normal = 1 / (shape.NormalRadius * shape.NormalRadius);
        double end = distance > 2 * shape.InPlaneRadius ? 2 * shape.InPlaneRadius / distance : 1;
        double sum = 0;
        for (int point = 0; point < QuadraturePoints; point++)
        {
            double u = 0.5 * end * (1 + s_axis.Point[point]);
            double across = (u * u * inPlane) + ((1 - (u * u)) * normal);
            double product = inPlane * across;
            double angular = (2 * Math.PI / Math.Sqrt(product)) - (u * u * inPlane * Math.PI * (inPlane + across) / (product * Math.Sqrt(product)));
            sum += 0.5 * end * s_axis.Weight[point] * MarginalAutocorrelation(distance * u / shape.InPlaneRadius) * angular;
        }

        return 2 * sum * inPlane * Math.Sqrt(normal) / (8 * Math.PI * Math.PI * shearModulus);
    }

    /// <summary>Integral of p(t) p(t + z) over t.</summary>
    private static double MarginalAutocorrelation(double z)
    {
        double half = 1 - (0.5 * z);
        if (half <= 0)
        {
            return 0;
        }

        // The overlap is t from -1 to 1 - z, centred at -z/2.
        double sum = 0;
        for (int point = 0; point < s_overlap.Point.Length; point++)
        {
            double t = half * s_overlap.Point[point];
            double left = t - (0.5 * z), right = t + (0.5 * z);
            double leftValue = 1 - (left * left), rightValue = 1 - (right * right);
            double value = leftValue * rightValue;
            sum += s_overlap.Weight[point] * value * value * value;
        }

        return MarginalScale * MarginalScale * half * sum;
    }

    /// <summary>Points and weights on -1..1 by Newton's method on the Legendre polynomial.</summary>
    private static (double[] Point, double[] Weight) GaussLegendre(int count)
    {
        var points = new double[count];
        var weights = new double[count];
        for (int root = 0; root < count; root++)
        {
            double x = Math.Cos(Math.PI * (root + 0.75) / (count + 0.5));
            double derivative = 0;
            for (int iteration = 0; iteration < 20; iteration++)
            {
                double previous = 1, value = x;
                for (int degree = 2; degree <= count; degree++)
                {
                    (previous, value) = (value, ((((2 * degree) - 1) * x * value) - ((degree - 1) * previous)) / degree);
                }

                derivative = count * ((x * value) - previous) / ((x * x) - 1);
                x -= value / derivative;
            }

            points[root] = x;
            weights[root] = 2 / ((1 - (x * x)) * derivative * derivative);
        }

        return (points, weights);
    }
}
