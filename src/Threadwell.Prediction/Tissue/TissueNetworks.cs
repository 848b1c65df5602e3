using Threadwell.Anatomy;
using Threadwell.Geometry;
using Threadwell.Mechanics.Networks;
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
/// second order and takes one solve. What a deposition stretch l adds is counted in the shape at the start: in the plane of normal n
/// G G^T = l² I + (l^-4 - l²) n n, along a direction a G G^T = I / l + (l² - 1/l) a a, both of the tissue as it then lies.
/// </remarks>
internal sealed class TissueNetworks
{
    private const int PointsPerWedge = 6;

    private readonly LayerParameters[] layerOfPoint;
    private readonly TissueParameters parameters;
    private readonly Vector3D[] skinNormal;
    private readonly CollagenDeposition? deposition;
    private readonly int threads;
    private readonly double[] elastinAtStart;
    private readonly double[] collagen;
    private readonly double[] ground;
    private readonly double[] newCollagen;
    private readonly double[] newElastin;
    private readonly double[] newbornCollagen;
    private readonly double[] newbornElastin;
    private readonly double[] laidDown;
    private readonly double[] halfCollagenBorn = [0];
    private readonly double[] halfGroundBorn = [0];
    private double elastinMass = 1;

    /// <summary>Starts the networks of day 0.</summary>
    /// <param name="tissue">Tissue whose wedges carry the points, six each.</param>
    /// <param name="parameters">Layer parameters.</param>
    /// <param name="balance">The prestress of the scan.</param>
    /// <param name="wedgeNormal">Unit skin normal above each wedge.</param>
    /// <param name="deposition">Where new tissue is laid down; null for the untreated course.</param>
    /// <param name="threads">Threads of execution; results do not depend on it.</param>
    public TissueNetworks(LayeredTissue tissue, TissueParameters parameters, BalancedScan balance, Vector3D[] wedgeNormal, CollagenDeposition? deposition, int threads)
    {
        int points = balance.Loaded.Length / 6;
        this.parameters = parameters;
        this.deposition = deposition;
        this.threads = threads;
        skinNormal = wedgeNormal;
        layerOfPoint = new LayerParameters[points];
        for (int point = 0; point < points; point++)
        {
            layerOfPoint[point] = parameters.Layers[(int)tissue.CellLayers[point / PointsPerWedge % tissue.CellCount]];
        }

        elastinAtStart = balance.Loaded;
        collagen = [.. balance.Loaded];
        ground = [.. balance.LaidDown];
        laidDown = new double[6 * points];
        newCollagen = deposition is null ? [] : new double[6 * points];
        newElastin = deposition is null ? [] : new double[6 * points];
        newbornCollagen = deposition is null ? [] : new double[points];
        newbornElastin = deposition is null ? [] : new double[points];
    }

    /// <summary>Writes A of the present state into the model.</summary>
    public void WriteTensor(SolidModel model)
    {
        double[] tensor = model.PointTensor;
        ForEachPoint(point =>
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
    /// <param name="shape">Shape of the last equilibrium.</param>
    /// <param name="step">What each network does in the step.</param>
    public void BeginStep(Shape shape, TissueStep step)
    {
        elastinMass *= step.Elastin.Kept;
        halfCollagenBorn[0] = 0.5 * step.Collagen.Born;
        halfGroundBorn[0] = 0.5 * step.Ground.Born;
        LayDownInSkin(shape);
        GrowingNetwork[] skin = [new(collagen, [step.Collagen.Born], step.Collagen.Kept), new(ground, [step.Ground.Born], step.Ground.Kept)];
        NetworkUpdate.Advance(shape.Gradients, laidDown, skin, threads);
        if (deposition is not null)
        {
            deposition.Concentrations(step.NewCollagenBorn, newbornCollagen);
            deposition.Concentrations(step.NewElastinBorn, newbornElastin);
            LayDownAlongThreads(shape, deposition);
            GrowingNetwork[] grown = [new(newCollagen, newbornCollagen, step.NewCollagenKept), new(newElastin, newbornElastin, step.NewElastinKept)];
            NetworkUpdate.Advance(shape.Gradients, laidDown, grown, threads);
            for (int point = 0; point < newbornCollagen.Length; point++)
            {
                newbornCollagen[point] *= 0.5;
                newbornElastin[point] *= 0.5;
            }
        }
    }

    /// <summary>The other half of the births, laid down in the shape that the equilibrium found.</summary>
    /// <param name="shape">Shape of the equilibrium at the end of the step.</param>
    public void FinishStep(Shape shape)
    {
        GrowingNetwork[] skin = [new(collagen, halfCollagenBorn, 1), new(ground, halfGroundBorn, 1)];
        GrowingNetwork[] grown = deposition is null ? [] : [new(newCollagen, newbornCollagen, 1), new(newElastin, newbornElastin, 1)];
        NetworkUpdate.Advance(shape.Gradients, [], [.. skin, .. grown], threads);
    }

    // Both methods write G G^T less the half of I that is laid down at the end of the step.
    private void LayDownInSkin(Shape shape) => ForEachPoint(point =>
    {
        double stretch = layerOfPoint[point].DepositionStretch;
        double plane = stretch * stretch;
        Store(point, plane - 0.5, stretch == 1 ? Vector3D.Zero : shape.Across(point, skinNormal[point / PointsPerWedge]), Math.Pow(stretch, -4) - plane);
    });

    private void LayDownAlongThreads(Shape shape, CollagenDeposition along)
    {
        double stretch = parameters.NewCollagenDepositionStretch;
        ForEachPoint(point =>
        {
            Vector3D direction = along.Direction[point];
            if (direction == Vector3D.Zero)
            {
                Store(point, 0.5, Vector3D.Zero, 0);
            }
            else
            {
                Store(point, (1 / stretch) - 0.5, shape.Along(point, direction), (stretch * stretch) - (1 / stretch));
            }
        });
    }

    private void ForEachPoint(Action<int> body)
    {
        if (threads > 1)
        {
            Parallel.For(0, layerOfPoint.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, body);
            return;
        }

        for (int point = 0; point < layerOfPoint.Length; point++)
        {
            body(point);
        }
    }

    private void Store(int point, double isotropic, Vector3D v, double factor)
    {
        Span<double> tensor = laidDown.AsSpan(6 * point, 6);
        tensor[0] = isotropic + (factor * v.X * v.X);
        tensor[1] = isotropic + (factor * v.Y * v.Y);
        tensor[2] = isotropic + (factor * v.Z * v.Z);
        tensor[3] = factor * v.X * v.Y;
        tensor[4] = factor * v.Y * v.Z;
        tensor[5] = factor * v.Z * v.X;
    }
}
