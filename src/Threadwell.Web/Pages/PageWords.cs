using System.Text.Json;
using Threadwell.Plans.Files;

namespace Threadwell.Web.Pages;

/// <summary>Names of values as they stand in files and in the keys of texts.</summary>
internal static class PageWords
{
    /// <summary>The name of a value of an enumeration as a plan file writes it ("nasolabial", "female").</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonSerializer.Serialize(value, PlanJson.Options).Trim('"');
}
