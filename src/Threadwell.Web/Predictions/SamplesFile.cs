using System.IO.Compression;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Prediction;

namespace Threadwell.Web.Predictions;

/// <summary>The courses behind a prediction's bands as they are kept beside it, so that visits can be learned from: <c>samples.json</c> (<c>docs/formats/samples.md</c>), packed with Brotli.</summary>
internal static class SamplesFile
{
    /// <summary>Courses that take more than this, packed, are not kept: some forty times what the usual 128 courses over five years take.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Packs courses.</summary>
    /// <param name="samples">The courses.</param>
    /// <returns>Null where they are too many to keep.</returns>
    public static byte[]? ToBytes(EnsembleSamples samples)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(PlanJson.ToBytes(samples));
        }

        return packed.Length <= MostBytes ? packed.ToArray() : null;
    }

    /// <summary>Unpacks the courses of a prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="file">Their file.</param>
    /// <returns>Null where they are none of this prediction's as this program reads them: an earlier version of the model wrote them.</returns>
    public static EnsembleSamples? Of(PredictionDocument prediction, byte[] file)
    {
        try
        {
            EnsembleSamples samples = Read(file);
            CourseLearner.CheckCourses(prediction, samples, "prediction");
            return samples;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    /// <summary>Unpacks a file that <see cref="ToBytes"/> wrote.</summary>
    /// <param name="file">The file.</param>
    public static EnsembleSamples Read(byte[] file)
    {
        using var brotli = new BrotliStream(new MemoryStream(file), CompressionMode.Decompress);
        using var text = new MemoryStream();
        brotli.CopyTo(text);
        return PlanJson.Parse<EnsembleSamples>(text.ToArray(), "samples");
    }
}
