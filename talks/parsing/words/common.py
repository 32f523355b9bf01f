"""Words that titles capitalise and that are hardly ever part of a name.

A phrase with one of these words is probably not a person's name.
"""

_WORDS = """
study a about above across adobe adopting advocate after agile ai al algorithm algorithms all amazing amazon amphi an
analysis analytics and angular ansible ao aos apache api apis app apple application applications apps architect
architecture architectures architektur are arquitectura arquitetura art artificial as async at atlassian attack au
auditorium auf aurora aus authentication automated automating automation aux avec avenue avoid aws azure back backend
bacon bad balcony based basics beacon become becoming before behavior behind bei best better between beyond big
blockchain blog book booking boot brave bringing browser browsers bug build building built business but by c campus
can career case cases ce center centre ceo ces cette chain challenge challenges change changing chaos chapter chatgpt
chief choose ci ci/cd cio cisco class clean cli client clojure closing cloud cluster co-founder code coding cofounder
com comment common communication communities community como company compiler complex complexity component components
computer computing con concepts conclusion concurrency concurrent conference connect connected consistency consultant
container containers content context continuous control conway corp corporation corpus creating creative crypto css
cto culture custom customer cyber cycle cómo dans dart data database databases day dealing debugging decision
decisions deep defense deliver delivering delivery dell dem demo deploy deploying deployment des desarrollo desde
desenvolvimento design designing desktop developer developers developing development device devices devops devsecops
did die different digital director discover discovery distributed diy dla docker does doing domain domain-driven don't
down driven dropbox drupal dx développement dónde each early ebay ec2 ecosystem edge effective efficient ein eine
einem einen einer eines elastic elasticsearch elixir ella elle em embedded ember empire en encryption end engenharia
engine engineer engineering engineers enterprise entwicklung erlang es essa esse est esta este et ethics etsy eu
evangelist event events every everyone everything evolution evolving experience experiences experiment explained
exploring extreme facebook failure falcon fantastic fast faster fault fear feature features feedback final finding
firefox first five flow flutter for forum foundation founder framework frameworks free freedom from front frontend
full fun function functional functions future für game games get getting git github gitlab gmbh go god golang good
google graph graphql great group growing growth guerilla gui guide hack hacker hackers hacking hadoop hall happiness
hard hardware has haskell hat have head healthcare help heroku hidden high history home hot hotel how hp html http
human humans hype i ibm ide if il im impact implementing improve improving in inc industry infrastructure innovation
inside insights instagram institute integration intel intelligence interactive interface internals international
internet intro introducing introduction invisible ios iot is ist it it's its jak java javascript jenkins jest
jetbrains jigsaw journey json jvm kafka keep keeping kernel key keynote keynotes king kotlin kubernetes lab labs
language languages large las latency latest lead leader leaders leadership leading lean learn learned learning legacy
les less lessons let let's leur level leveraging lexicon library life lightning like linked linkedin linux live lo
load local log logging logs long look los love low ltd lunch machine magic mais make making manage management manager
managing many map maps marketing massive matters mean memory mesh message messaging method meu mi microservice
microservices microsoft migrating migration mind mindset mit ml mobile model modeling modelling models modern modular
module modules mon monads money mongodb monitoring monolith more most move moving mozilla multi music my mysql myth
myths más na nas native need netflix network networking networks neural never new next nextgen nicht nie no node
node.js nodejs nos nosql not note notes notre now nvidia o object observability oder of office officer offline on one
online open openapi opening operating operations optimization or oracle oraz organization organizations os other ou
our out over overview own où panel par para parallel park part party pas past pattern patterns paypal pela pelo people
perfect performance perl pero persistence personal php pipeline pipelines pivotal plain platform platforms play
playing plugin podcast policy polyglot por porque portable postgres postgresql pour pourquoi power powerful practical
practice practices predictive present presentation prevent principal principles privacy problem problems process
processing product production productivity products programmer programmers programming progress project projects
promises protecting protocol prototype psychological puppet python qa qualcomm quality quantum que queen query
questions queue qui quick quoi qué rails rapid rds react reactive ready real real-time real-world reality realtime
recap recon red redhat refactoring reinventing relational release reliability reliable remote report research
resilience resilient responsible rest restful rethinking retrospective revolution right rise risk road roadmap robot
robots rock room rules running runtime rust s3 sa saas safe safety sales salesforce samsung sans sap scala scalable
scale scaling science sdk se search second seconds secret secrets secure securing security self senior server
serverless servers service services ses session sessions seu shadow shared sharing should siemens silicon simple
simplicity sin site się skills slack slow small smart smarter snapchat so sobre social software solid solution
solutions some son source spark speaker speakers speaking speed spotify spring sprint sql square stack stadium staff
start started startup state static status stop storage store stories story strategic strategies strategy stream
streaming streams street stripe structure style su sua success summary summit super support sur sus swift system
systems take takeaways taking talk talks taming tcp teaching team teams tech technical techniques technologies
technology terraform tesla test testing tests text that the theater theatre their them then theory there these they
thing things thinking this thoughts thoughtworks three through time tips to today together tomorrow too tool tooling
tools top topic toward towards tracing track traffic training transformation transforming trends truth tu tuning
turning tutorial twilio twitter two type types typescript uber ui ultimate um uma un una und under understanding une
universal university up update us use user users using ux value variables vault version versus via video virtual
vision visual visualization vmware vom vos votre vp vs vue w war was way ways we web webassembly webinar welcome what
what's when where which while who whole why wie wifi will windows wisdom with without women word wordpress work
working workplace workshop workshops world world's wrap-up write writing wrong xml yahoo yaml year years yes you your
z zalando zero zone zum zur é
"""

COMMON_WORDS = frozenset(_WORDS.split())
