using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Threadwell.Geometry;
using Threadwell.Web.Access;

namespace Threadwell.Web.Text;

/// <summary>Says the sentences of plan and prediction files, which hold them in English, in the reader's language.</summary>
internal static class SentenceEndpoints
{
    // More sentences than any plan or prediction holds.
    private const int MostSentences = 1000;

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/sentences", (AskedSentences asked) => asked.Sentences.Count > MostSentences
        ? throw new InvalidInputException("sentences", null, $"at most {MostSentences} are said at once.")
        : Results.Ok(new { said = asked.Sentences.Select(Spoken.Say) })).Needs(Permission.SignedIn);

    internal sealed record AskedSentences(IReadOnlyList<string> Sentences);
}
