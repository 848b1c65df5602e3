using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Mechanics.Solids;

namespace Threadwell.Prediction;

/// <summary>
/// The networks of the tissue at its integration points (design 3.2). Each network has one symmetric tensor M a point, six components
/// xx, yy, zz, xy, yz, zx, that holds its mass and the memory of the shapes in which it was born; the solver sees only
/// A = sum of mu_i M_i.
/// </summary>
/// <remarks>
/// A step lays down half of the newborn material in the shape at its start and half in the shape at its end. Material born in the
/// shape at the end carries no deviatoric stress there, so it is added after the equilibrium without disturbing it: the rule is of
/// second order and takes one solve. With X = Cbar^-1, material laid down with stretch l in the plane of normal n has
/// N = l² X + (l^-4 - l²) X n n X / (n.X n), and along a direction a
/// N = X / l + (l² - 1/l) a a / (a.X^-1 a): both turn with the tissue (n and a are reference directions).
/// </remarks>
internal sealed class TissueNetworks
{
    private const int PointsPerWedge = 6;

    private readonly LayerParameters[] layerOfPoint;
    private readonly TissueParameters parameters;
    private readonly Vector3D[] skinNormal;
    private readonly CollagenDeposition? deposition;
    private readonly double[] elastinAtStart;
    private readonly double[] collagen;
    private readonly double[] ground;
    private readonly double[] newCollagen;
    private readonly double[] newElastin;
    private readonly double[] newbornCollagen;
    private readonly double[] newbornElastin;
    private double elastinMass = 1;
    private double halfCollagenBorn;
    private double halfGroundBorn;

    /// <summary>Starts the networks of day 0.</summary>
    /// <param name="tissue">Tissue whose wedges carry the points, six each.</param>
    /// <param name="parameters">Layer parameters.</param>
    /// <param name="balance">The prestress of the scan.</param>
    /// <param name="wedgeNormal">Unit skin normal above each wedge.</param>
    /// <param name="deposition">Where new tissue is laid down; null for the untreated course.</param>
    public TissueNetworks(LayeredTissue tissue, TissueParameters parameters, BalancedScan balance, Vector3D[] wedgeNormal, CollagenDeposition? deposition)
    {
        int points = balance.Loaded.Length / 6;
        this.parameters = parameters;
        this.deposition = deposition;
        skinNormal = wedgeNormal;
        layerOfPoint = new LayerParameters[points];
        for (int point = 0; point < points; point++)
        {
            layerOfPoint[point] = parameters.Layers[(int)tissue.CellLayers[point / PointsPerWedge % tissue.CellCount]];
        }

        elastinAtStart = balance.Loaded;
        collagen = [.. balance.Loaded];
        ground = [.. balance.LaidDown];
        newCollagen = deposition is null ? [] : new double[6 * points];
        newElastin = deposition is null ? [] : new double[6 * points];
        newbornCollagen = deposition is null ? [] : new double[points];
        newbornElastin = deposition is null ? [] : new double[points];
    }

    /// <summary>Writes A of the present state into the model.</summary>
    public void WriteTensor(SolidModel model)
    {
        double[] tensor = model.PointTensor;
        Parallel.For(0, layerOfPoint.Length, point =>
        {
            LayerParameters layer = layerOfPoint[point];
            double elastinModulus = layer.ShearModulusMPa * layer.ElastinShare * elastinMass;
            double collagenModulus = layer.ShearModulusMPa * layer.CollagenShare;
            double groundModulus = layer.ShearModulusMPa * layer.GroundShare;
            for (int entry = 6 * point; entry < (6 * point) + 6; entry++)
            {
                double sum = (elastinModulus * elastinAtStart[entry]) + (collagenModulus * collagen[entry]) + (groundModulus * ground[entry]);
                if (deposition is not null)
                {
                    sum += (parameters.NewCollagenModulus * newCollagen[entry]) + (parameters.NewElastinModulus * newElastin[entry]);
                }

                tensor[entry] = sum;
            }
        });
    }

    /// <summary>Deaths of a step and the half of its births that is laid down in the shape at its start.</summary>
    /// <param name="shape">Cbar^-1 of the last equilibrium, 6 a point.</param>
    /// <param name="step">What each network does in the step.</param>
    public void BeginStep(double[] shape, in TissueStep step)
    {
        elastinMass *= step.Elastin.Kept;
        halfCollagenBorn = 0.5 * step.Collagen.Born;
        halfGroundBorn = 0.5 * step.Ground.Born;
        TissueStep now = step;
        if (deposition is not null)
        {
            deposition.Concentrations(step.NewCollagenBorn, newbornCollagen);
            deposition.Concentrations(step.NewElastinBorn, newbornElastin);
        }

        Parallel.For(0, layerOfPoint.Length, point =>
        {
            ReadOnlySpan<double> x = shape.AsSpan(6 * point, 6);
            Span<double> newborn = stackalloc double[6];
            InSkinPlane(x, skinNormal[point / PointsPerWedge], layerOfPoint[point].DepositionStretch, newborn);
            for (int entry = 0; entry < 6; entry++)
            {
                // The half that is born at the end of the step enters only with what its deposition stretch adds to X.
                double born = newborn[entry] - (0.5 * x[entry]);
                collagen[(6 * point) + entry] = (now.Collagen.Kept * collagen[(6 * point) + entry]) + (now.Collagen.Born * born);
                ground[(6 * point) + entry] = (now.Ground.Kept * ground[(6 * point) + entry]) + (now.Ground.Born * born);
            }

            if (deposition is not null)
            {
                AlongThread(x, deposition.Direction[point], parameters.NewCollagenDepositionStretch, newborn);
                for (int entry = 0; entry < 6; entry++)
                {
                    int at = (6 * point) + entry;
                    newCollagen[at] = (now.NewCollagenKept * newCollagen[at]) + (newbornCollagen[point] * (newborn[entry] - (0.5 * x[entry])));
                    newElastin[at] = (now.NewElastinKept * newElastin[at]) + (0.5 * newbornElastin[point] * x[entry]);
                }
            }
        });
    }

    /// <summary>The other half of the births, laid down in the shape that the equilibrium found.</summary>
    /// <param name="shape">Cbar^-1 of the equilibrium at the end of the step, 6 a point.</param>
    public void FinishStep(double[] shape)
    {
        Parallel.For(0, layerOfPoint.Length, point =>
        {
            for (int entry = 6 * point; entry < (6 * point) + 6; entry++)
            {
                collagen[entry] += halfCollagenBorn * shape[entry];
                ground[entry] += halfGroundBorn * shape[entry];
                if (deposition is not null)
                {
                    newCollagen[entry] += 0.5 * newbornCollagen[point] * shape[entry];
                    newElastin[entry] += 0.5 * newbornElastin[point] * shape[entry];
                }
            }
        });
    }

    private static void InSkinPlane(ReadOnlySpan<double> x, Vector3D n, double stretch, Span<double> newborn)
    {
        if (stretch == 1)
        {
            x.CopyTo(newborn);
            return;
        }

        Vector3D xn = Times(x, n);
        double factor = (Math.Pow(stretch, -4) - (stretch * stretch)) / Vector3D.Dot(n, xn);
        AddDyad(x, stretch * stretch, xn, factor, newborn);
    }

    private static void AlongThread(ReadOnlySpan<double> x, Vector3D a, double stretch, Span<double> newborn)
    {
        if (a == Vector3D.Zero)
        {
            x.CopyTo(newborn);
            return;
        }

        double factor = ((stretch * stretch) - (1 / stretch)) / InverseForm(x, a);
        AddDyad(x, 1 / stretch, a, factor, newborn);
    }

    private static void AddDyad(ReadOnlySpan<double> x, double share, Vector3D v, double factor, Span<double> sum)
    {
        sum[0] = (share * x[0]) + (factor * v.X * v.X);
        sum[1] = (share * x[1]) + (factor * v.Y * v.Y);
        sum[2] = (share * x[2]) + (factor * v.Z * v.Z);
        sum[3] = (share * x[3]) + (factor * v.X * v.Y);
        sum[4] = (share * x[4]) + (factor * v.Y * v.Z);
        sum[5] = (share * x[5]) + (factor * v.Z * v.X);
    }

    private static Vector3D Times(ReadOnlySpan<double> x, Vector3D v) => new(
        (x[0] * v.X) + (x[3] * v.Y) + (x[5] * v.Z),
        (x[3] * v.X) + (x[1] * v.Y) + (x[4] * v.Z),
        (x[5] * v.X) + (x[4] * v.Y) + (x[2] * v.Z));

    /// <summary>a.X^-1 a, by the cofactors of X; X is unimodular, so that its inverse is its cofactor matrix.</summary>
    private static double InverseForm(ReadOnlySpan<double> x, Vector3D a)
    {
        double cxx = (x[1] * x[2]) - (x[4] * x[4]);
        double cyy = (x[0] * x[2]) - (x[5] * x[5]);
        double czz = (x[0] * x[1]) - (x[3] * x[3]);
        double cxy = (x[4] * x[5]) - (x[3] * x[2]);
        double cyz = (x[3] * x[5]) - (x[0] * x[4]);
        double czx = (x[3] * x[4]) - (x[1] * x[5]);
        return (cxx * a.X * a.X) + (cyy * a.Y * a.Y) + (czz * a.Z * a.Z) + (2 * ((cxy * a.X * a.Y) + (cyz * a.Y * a.Z) + (czx * a.Z * a.X)));
    }
}
