using Threadwell.Prediction;

namespace Threadwell.Web.Predictions;

internal static class FieldsFile
{
    public static byte[] ToBytes(CoursePrediction prediction) => [];
}
