using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using System.Web;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

/// <summary>Makes fields of the service's GeoJSON, and says where the next poll begins.</summary>
public class Script : ScriptBase
{
    // A zone would need a '+', which a query reads as a space. The service takes a time without one as UTC.
    private const string QueryTime = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fff";
    private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var response = await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return response;
        }

        var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        var answer = response.StatusCode == HttpStatusCode.NoContent ? new JObject() : Parse(text);
        var result = (string)answer["type"] == "Feature" ? Earthquake(answer) : Earthquakes(answer);

        // By its whole name, since System.Xml, which the platform knows as well, has another.
        var json = result.ToString(Newtonsoft.Json.Formatting.None);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = CreateJsonContent(json) };
    }

    // Dates in texts stay texts, so that a place or a title is never read as one.
    private static JObject Parse(string text)
    {
        return JsonConvert.DeserializeObject<JObject>(
            text, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None });
    }

    private JObject Earthquakes(JObject answer)
    {
        var features = (answer["features"] ?? new JArray()).Cast<JObject>().ToList();
        return new JObject
        {
            ["earthquakes"] = new JArray(features.Select(Earthquake)),
            ["next"] = features.Count > 0 ? After(features.Max(Updated)) : Unchanged(),
        };
    }

    private static JObject Earthquake(JObject feature)
    {
        var report = (JObject)feature["properties"];
        var point = feature["geometry"]["coordinates"];
        return new JObject
        {
            ["id"] = feature["id"],
            ["title"] = report["title"],
            ["magnitude"] = report["mag"],
            ["magnitudeType"] = report["magType"],
            ["place"] = report["place"],
            ["time"] = Time((long)report["time"]),
            ["updated"] = Time(Updated(feature)),
            ["latitude"] = point[1],
            ["longitude"] = point[0],
            ["depth"] = point[2],
            ["alert"] = report["alert"],
            ["tsunami"] = (int?)report["tsunami"] == 1,
            ["significance"] = report["sig"],
            ["status"] = report["status"],
            ["url"] = report["url"],
        };
    }

    private static long Updated(JObject feature)
    {
        return (long)feature["properties"]["updated"];
    }

    private static string Time(long milliseconds)
    {
        return Epoch.AddMilliseconds(milliseconds).ToString(QueryTime) + "Z";
    }

    // The catalog isn't sorted by 'updated', so the newest report is looked for. The millisecond keeps it from
    // coming again.
    private static string After(long milliseconds)
    {
        return Epoch.AddMilliseconds(milliseconds + 1).ToString(QueryTime);
    }

    // Nothing new: the next poll begins where this one did.
    private string Unchanged()
    {
        return HttpUtility.ParseQueryString(this.Context.Request.RequestUri.Query)["updatedafter"] ?? Epoch.ToString(QueryTime);
    }
}
