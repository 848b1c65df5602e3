using System.Security.Cryptography;
using System.Text;
using Threadwell.Evidence;
using Threadwell.Geometry;

namespace Threadwell.Plans.Files;

/// <summary>Reads and writes prediction files (<c>docs/formats/prediction.md</c>).</summary>
public static class PredictionFile
{
    /// <summary>Reads a prediction.</summary>
    /// <exception cref="InvalidInputException">The file is no prediction of a known version.</exception>
    public static PredictionDocument Read(string path)
    {
        PredictionDocument document = PlanJson.Read<PredictionDocument>(path);
        return document.SchemaVersion == 1
            ? document
            : throw new InvalidInputException(path, "schemaVersion", $"version {document.SchemaVersion} is not known; this program reads version 1.");
    }

    /// <summary>Writes a prediction, whole or not at all; the same prediction gives the same bytes.</summary>
    public static void Write(string path, PredictionDocument document) => PlanJson.Write(path, document);

    /// <summary>Hash of everything that a prediction depends on besides the program: the plan as it is written, which holds the scan's own hash.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="months">Length of the course, months.</param>
    /// <param name="facts">Values that it goes by.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string InputSha256(ThreadPlan plan, double months, FactValues facts)
    {
        string replaced = string.Concat(facts.Replaced.Select(fact => FormattableString.Invariant($" {fact.Key}={fact.Value:R}")));
        byte[] text = [.. PlanJson.ToBytes(plan), .. Encoding.UTF8.GetBytes(FormattableString.Invariant($"months {months:R}") + replaced)];
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }
}
