using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Threadwell.Reports;

namespace Threadwell.Web.Text;

/// <summary>Says the engine's sentences in the language of the request that is being answered.</summary>
internal static class Spoken
{
    /// <summary>The sentence in the reader's language, or in English where it has no translation.</summary>
    [return: NotNullIfNotNull(nameof(sentence))]
    public static string? Say(string? sentence) => sentence is null ? null : EngineText.Say(sentence, CultureInfo.CurrentUICulture.Name).Text;
}
