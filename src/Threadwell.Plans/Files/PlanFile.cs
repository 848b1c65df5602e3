using System.Security.Cryptography;
using Threadwell.Anatomy;
using Threadwell.Geometry;

namespace Threadwell.Plans.Files;

/// <summary>Reads and writes plan files (<c>docs/formats/plan.md</c>).</summary>
public static class PlanFile
{
    /// <summary>Version of the file form that is written and read.</summary>
    public const int SchemaVersion = 1;

    // Bounds of what a plan may say. They keep nonsense and hostile files out; clinical limits are other rules.
    private const int MostThreads = 200;
    private const int MostPathPoints = 2000;
    private const double FarthestCoordinateMm = 5000;

    /// <summary>Reads and checks a plan.</summary>
    /// <exception cref="InvalidInputException">The file is no valid plan; the message names the member at fault.</exception>
    public static ThreadPlan Read(string path)
    {
        ThreadPlan plan = PlanJson.Read<ThreadPlan>(path);
        Check(plan, path);
        return plan;
    }

    /// <summary>Checks and writes a plan, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">The plan does not hold together; the message names the member at fault.</exception>
    public static void Write(string path, ThreadPlan plan)
    {
        Check(plan, path);
        PlanJson.Write(path, plan);
    }

    /// <summary>Where the plan's scan lies, as a full path.</summary>
    public static string ScanPath(string planPath, ThreadPlan plan) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(planPath))!, plan.Scan.Path));

    /// <summary>Refuses a scan that is not the one for which the plan was made.</summary>
    /// <exception cref="InvalidInputException">The scan is missing or has changed.</exception>
    public static void CheckScan(string planPath, ThreadPlan plan)
    {
        string scan = ScanPath(planPath, plan);
        if (!File.Exists(scan))
        {
            throw new InvalidInputException(planPath, "scan.path", $"the scan '{plan.Scan.Path}' is not beside the plan (looked for {scan}).");
        }

        if (!Sha256Of(scan).Equals(plan.Scan.Sha256, StringComparison.Ordinal))
        {
            throw new InvalidInputException(
                planPath, "scan.sha256", $"the scan '{plan.Scan.Path}' has changed since the plan was made; restore it, or make a new plan on the new scan.");
        }
    }

    /// <summary>SHA-256 of a file, 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public static string Sha256Of(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidInputException(path, null, "this is a folder; name a file.");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, null, $"the file cannot be read ({error.Message}).", error);
        }
    }

    /// <summary>Checks that a plan holds together.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="path">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It does not; the message names the member at fault.</exception>
    public static void Check(ThreadPlan plan, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);

        void Require(bool holds, string place, string problem)
        {
            if (!holds)
            {
                throw new InvalidInputException(path, place, problem);
            }
        }

        Require(plan.SchemaVersion == SchemaVersion, "schemaVersion", $"version {plan.SchemaVersion} is not known; this program reads version {SchemaVersion}.");
        Require(!string.IsNullOrWhiteSpace(plan.Scan.Path), "scan.path", "the plan must name its scan.");
        Require(plan.Scan.Sha256.Length == 64 && plan.Scan.Sha256.All(char.IsAsciiHexDigitLower), "scan.sha256", "64 lower-case hexadecimal digits are needed.");
        Require(plan.Patient.AgeYears is >= 18 and <= 110, "patient.ageYears", "an age from 18 to 110 years is needed; under 18 nobody is treated.");
        Require(plan.Threads.Count is >= 1 and <= MostThreads, "threads", $"between 1 and {MostThreads} threads are needed.");
        Require(plan.Targets.Count >= 1, "targets", "at least one landmark with a vector is needed, or there is no lift to predict.");

        CheckLandmarks(plan, Require);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < plan.Threads.Count; index++)
        {
            CheckThread(plan.Threads[index], $"threads[{index}]", ids, Require);
        }
    }

    private static void CheckLandmarks(ThreadPlan plan, Action<bool, string, string> require)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < plan.Landmarks.Count; index++)
        {
            Landmark landmark = plan.Landmarks[index];
            require(names.Add(landmark.Name), $"landmarks[{index}].name", $"'{landmark.Name}' is given twice.");
            require(IsNear(landmark.Position), $"landmarks[{index}].position", "finite millimetres within 5 m of the origin are needed.");
        }

        for (int index = 0; index < plan.Targets.Count; index++)
        {
            LiftTarget target = plan.Targets[index];
            require(names.Contains(target.Landmark), $"targets[{index}].landmark", $"'{target.Landmark}' is not among the plan's landmarks.");
            require(Math.Abs(target.Vector.Length - 1) < 1e-6, $"targets[{index}].vector", "a vector of length 1 is needed.");
        }
    }

    private static void CheckThread(PlannedThread thread, string place, HashSet<string> ids, Action<bool, string, string> require)
    {
        require(!string.IsNullOrWhiteSpace(thread.Id), $"{place}.id", "every thread needs an id.");
        require(ids.Add(thread.Id), $"{place}.id", $"'{thread.Id}' is used twice.");
        require(thread.DiameterMm is >= ThreadLimits.SmallestDiameterMm and <= ThreadLimits.LargestDiameterMm, $"{place}.diameterMm", "a core diameter from 0.05 to 1.5 mm is needed.");
        require(thread.BarbsPerCm is >= 0 and <= ThreadLimits.MostBarbsPerCm, $"{place}.barbsPerCm", "between 0 and 40 barbs a centimetre are needed.");
        require((thread.Barbs == BarbKind.None) == (thread.BarbsPerCm == 0), $"{place}.barbs", "a thread without barbs has barbsPerCm 0, and only that one.");
        require(thread.DepthMm is >= ThreadLimits.ShallowestMm and <= ThreadLimits.DeepestMm, $"{place}.depthMm", "a depth from 0.5 to 25 mm below the skin is needed.");
        require(thread.Path.Count is >= 2 and <= MostPathPoints, $"{place}.path", $"between 2 and {MostPathPoints} points are needed.");
        for (int point = 0; point < thread.Path.Count; point++)
        {
            require(IsNear(thread.Path[point]), $"{place}.path[{point}]", "finite millimetres within 5 m of the origin are needed.");
            require(point == 0 || Vector3D.Distance(thread.Path[point], thread.Path[point - 1]) > 1e-3, $"{place}.path[{point}]", "the point repeats the one before it.");
        }

        require(thread.GatherMm is null != thread.PullN is null, place, "either gatherMm or pullN is needed, not both.");
        require(thread.GatherMm is null or (>= 0 and <= ThreadLimits.LargestGatherMm), $"{place}.gatherMm", "a gather from 0 to 40 mm is needed.");
        require(thread.PullN is null or (>= 0 and <= ThreadLimits.LargestPullN), $"{place}.pullN", "a pull from 0 to 50 N is needed.");
    }

    private static bool IsNear(Vector3D point) =>
        point.IsFinite && Math.Max(Math.Abs(point.X), Math.Max(Math.Abs(point.Y), Math.Abs(point.Z))) <= FarthestCoordinateMm;
}
