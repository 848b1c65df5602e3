using System.Security.Cryptography;
using MathNet.Numerics.Distributions;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Learning;

/// <summary>Patients of a made-up clinic: lifts are a height that falls at a rate, both uncertain; what really happens is another draw, times the clinic's ratio.</summary>
internal static class MadeUpClinic
{
    public const double NoiseMm = 0.3;
    private const int Courses = 128;
    private static readonly double[] Times = [0, 30, 90, 180, 360, 720];
    private static readonly string[] Landmarks = ["jowl.left", "jowl.right"];

    /// <summary>The patients of a clinic.</summary>
    /// <param name="seed">Seed of everything that happens.</param>
    /// <param name="patients">How many.</param>
    /// <param name="logRatio">Logarithm of the true ratio of a treatment, by its index.</param>
    /// <param name="logScatter">Logarithm of how widely the patients scatter, relative to the bands.</param>
    /// <param name="treatments">How many treatments; patients take turns.</param>
    /// <param name="real">What becomes of a lift that the model has, on a day; null for what the model says.</param>
    public static ClinicCase[] Of(int seed, int patients, Func<int, double> logRatio, double logScatter = 0, int treatments = 1, Func<double, double, double>? real = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, patients).Select(patient =>
        {
            int treatment = patient % treatments;
            (PredictionDocument prediction, EnsembleSamples samples) = Predicted(patient, $"jawline/{treatment}");
            SampleCourse truth = Course([.. Enumerable.Range(0, 4).Select(_ => random.NextDouble())], SizeOf(patient));
            double ratio = Math.Exp(logRatio(treatment)), scatter = Math.Exp(logScatter);
            double[] days = [30, 180, 360];
            FollowUpObservation[] visits = [.. days.SelectMany(day => Landmarks.Select((landmark, at) =>
            {
                int time = Array.IndexOf(Times, day);
                double middle = samples.Courses.Average(course => course.LiftMm[at][time]);
                double lift = ratio * (middle + (scatter * (truth.LiftMm[at][time] - middle)));
                double error = Math.Sqrt((NoiseMm * NoiseMm) + Math.Pow(0.15 * prediction.Landmarks[at].LiftMm[time], 2) + 0.0025);
                return new FollowUpObservation { Day = day, Landmark = landmark, PositionMm = (real?.Invoke(day, lift) ?? lift) + truth.UntreatedMm[at][time] + (error * Normal.Sample(random, 0, 1)), ErrorMm = NoiseMm };
            }))];
            return new ClinicCase($"p{patient:000}", prediction, samples, visits, "visits.json");
        })];
    }

    /// <summary>A prediction with its courses.</summary>
    public static (PredictionDocument Prediction, EnsembleSamples Samples) Predicted(int patient, string? treatment)
    {
        var draw = new SobolSequence(4, patient);
        double[][] shares = [.. Enumerable.Range(0, Courses).Select(course => Enumerable.Range(0, 4).Select(dimension => draw[course, dimension]).ToArray())];
        SampleCourse[] courses = [.. shares.Select(share => Course(share, SizeOf(patient)))];
        SampleCourse middle = Course([0.5, 0.5, 0.5, 0.5], SizeOf(patient));
        LandmarkCourse[] landmarks = [.. Landmarks.Select((name, at) => new LandmarkCourse { Name = name, Vector = Vector3D.UnitY, LiftMm = middle.LiftMm[at], UntreatedMm = middle.UntreatedMm[at] })];
        var prediction = new PredictionDocument
        {
            ModelVersion = "0",
            InputSha256 = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(patient))),
            Seed = patient,
            TimesDays = Times,
            Landmarks = landmarks,
            Threads = [],
            SupportIndex = middle.Support,
            UntreatedSupportIndex = middle.UntreatedSupport,
            Summary = CourseSummary.Of(Times, landmarks, middle.Support, middle.UntreatedSupport),
            Mesh = new MeshFacts { Nodes = 1, Elements = 1, Columns = 1, EdgeLengthMm = 1, SmallestScaledJacobian = 1 },
            Residuals = [],
            Warnings = [],
            Ensemble = EnsembleRunner.Document(courses, landmarks, Times, new ReducedModelFacts { Nodes = 1, EdgeLengthMm = 1, LiftScaleError = 0, LiftErrorMm = 0.05, SupportError = 0 }),
        };
        return (prediction, new EnsembleSamples
        {
            ModelVersion = "0",
            InputSha256 = prediction.InputSha256,
            Seed = patient,
            Treatment = treatment,
            TimesDays = Times,
            Landmarks = Landmarks,
            Facts = ["barb.holding-force", "pdo.strength.weibull-scale"],
            Courses = [.. courses.Select((course, index) => new DrawnCourse
            {
                Shares = [.. shares[index].Take(2)],
                LiftMm = course.LiftMm,
                UntreatedMm = course.UntreatedMm,
                SupportIndex = course.Support,
                UntreatedSupportIndex = course.UntreatedSupport,
            })],
        });
    }

    // Some faces give more than others.
    private static double SizeOf(int patient) => 0.8 + (0.1 * (patient % 5));

    private static SampleCourse Course(double[] shares, double size)
    {
        double[] deviates = [.. shares.Select(share => Normal.InvCDF(0, 1, Math.Clamp(share, 1e-6, 1 - 1e-6)))];
        double height = 2.5 * size * Math.Exp(0.3 * deviates[0]), rate = 0.003 * Math.Exp(0.2 * deviates[1]);
        double[] Lift(double side) => [.. Times.Select(day => height * Math.Exp(0.1 * side) * Math.Exp(-rate * day))];
        double[] aged = [.. Times.Select(day => -0.0004 * day)], support = [.. Times.Select(day => 1 + (0.1 * (1 - Math.Exp(-day / 90))))], without = [.. Times.Select(_ => 1.0)];
        return new SampleCourse([Lift(deviates[2]), Lift(deviates[3])], [aged, aged], support, without);
    }
}
